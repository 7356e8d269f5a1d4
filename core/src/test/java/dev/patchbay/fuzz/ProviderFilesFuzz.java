package dev.patchbay.fuzz;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.yaml.YamlFile;
import dev.patchbay.internal.config.yaml.YamlReader;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A provider file may hold anything: there are only diagnostics, each at a place of the file, and no secret in them. */
final class ProviderFilesFuzz implements FuzzTarget {

    private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");
    private static final String NAME = "fuzz.yaml";
    private static final String CANARY = "canary-key";
    private static final Environment ENVIRONMENT = Environment.of(Map.of(
            "CORPUS_KEY", CANARY + "-1",
            "CORPUS_OTHER_KEY", CANARY + "-2",
            "CORPUS_ENDPOINT", "https://resource.openai.azure.com/",
            "CORPUS_EMPTY", "",
            "CORPUS_BROKEN_KEY", CANARY + "\u0007"));

    @Override
    public void fuzz(byte[] data) {
        byte[] content = FuzzInput.of(data).content();
        YamlFile file = YamlReader.read(NAME, Layer.USER, null, content);
        Promise.holds(file.root().isPresent() || !file.problems().isEmpty(), "there is a tree, or a reason why not");
        String text = new String(content, StandardCharsets.UTF_8);
        check(file.problems(), text);

        RegistrySnapshot snapshot = RegistrySnapshot.builder()
                .environment(ENVIRONMENT)
                .text(Layer.USER, NAME, text)
                .build();
        check(snapshot.diagnostics(), text);
        for (Provider provider : snapshot.providers()) {
            Promise.holds(
                    provider.isReady() || provider.reason().isPresent(), "a provider is ready, or says why it is not");
            silent(provider.toString() + provider.definition() + provider.tree(), text);
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Findings.files(CORPUS).stream().map(FuzzInput::bytes).toList();
    }

    private static void check(List<Diagnostic> problems, String text) {
        FilePlaces places = new FilePlaces(text);
        for (Diagnostic problem : problems) {
            place(problem.location(), places);
            problem.related().forEach(related -> place(related.location(), places));
            silent(problem.toString(), text);
            silent(problem.toMap().toString(), text);
        }
    }

    private static void place(Location place, FilePlaces places) {
        Promise.holds(!place.source().equals(NAME) || places.has(place), place + " is a place in the file");
    }

    /** A key that stands in the file as a plain word is no secret any more. */
    private static void silent(String message, String text) {
        Promise.holds(!message.contains(CANARY) || text.contains(CANARY), "no message holds a key");
    }
}
