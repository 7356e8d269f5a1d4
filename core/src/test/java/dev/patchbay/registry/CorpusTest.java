package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.TextRenderer;
import dev.patchbay.provider.Layer;
import dev.patchbay.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CorpusTest {

    private static final Golden GOLDEN = Golden.files();

    @TempDir
    static Path folder;

    private static RegistrySnapshot snapshot;

    @BeforeAll
    static void readsOneFolderWithEverything() throws IOException {
        for (String part : List.of("good", "syntax", "mistakes")) {
            try (Stream<Path> files = Files.list(Corpus.ROOT.resolve(part))) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        }
        snapshot = RegistrySnapshot.builder()
                .environment(Corpus.ENVIRONMENT)
                .folder(Layer.USER, folder)
                .build();
    }

    @Test
    void everyProviderOfTheGoodFilesIsReady() throws IOException {
        try (Stream<Path> files = Files.list(Corpus.ROOT.resolve("good"))) {
            List<String> good = files.map(file -> file.getFileName().toString()).toList();
            assertThat(good).hasSize(20);
            List<Provider> providers = snapshot.providers().stream()
                    .filter(provider -> good.contains(
                            Path.of(provider.location().source()).getFileName().toString()))
                    .toList();
            assertThat(providers).hasSize(22).allMatch(Provider::isReady);
            assertThat(providers).allMatch(provider -> provider.problems().isEmpty());
        }
    }

    @Test
    void everyMistakeIsReportedAtItsPlaceAndNothingElseIs() throws IOException {
        List<String> expected = new ArrayList<>();
        for (String part : List.of("syntax", "mistakes")) {
            try (Stream<Path> files = Files.list(Corpus.ROOT.resolve(part))) {
                for (Path file : files.toList()) {
                    expected.addAll(CorpusMarks.in(file));
                }
            }
        }
        assertThat(CorpusMarks.of(snapshot.diagnostics()))
                .isEqualTo(expected.stream().sorted().toList());
    }

    @Test
    void everyMessageIsAsAgreed() {
        GOLDEN.replacing(folder, "<folder>")
                .check("CorpusTest/report.txt", TextRenderer.render(snapshot.diagnostics()) + "\n");
    }

    @Test
    void theReportForProgramsHasTheSamePlaces() throws IOException {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        String report = json.writeValueAsString(
                snapshot.diagnostics().stream().map(Diagnostic::toMap).toList());
        GOLDEN.replacing(folder, "<folder>").check("CorpusTest/report.json", report + "\n");
        List<String> places = new ArrayList<>();
        json.readTree(report)
                .forEach(problem -> places.add(problem.path("file").asText() + ":"
                        + problem.path("line").asInt() + ":"
                        + problem.path("column").asInt()));
        assertThat(places)
                .isEqualTo(snapshot.diagnostics().stream()
                        .map(Diagnostic::location)
                        .map(place -> place.source() + ":" + place.line() + ":" + place.column())
                        .toList());
    }

    @Test
    void everyProviderIsListedWithItsReason() {
        StringBuilder list = new StringBuilder();
        for (Provider provider : snapshot.providers()) {
            list.append(provider.id())
                    .append(' ')
                    .append(provider.state())
                    .append(provider.reason().map(reason -> " " + reason).orElse(""))
                    .append('\n');
        }
        GOLDEN.replacing(folder, "<folder>").check("CorpusTest/providers.txt", list.toString());
    }

    @Test
    void noMessageHoldsAKey() {
        String everything = TextRenderer.render(snapshot.diagnostics())
                + snapshot.diagnostics().stream().map(Diagnostic::toMap).toList()
                + snapshot.providers()
                + snapshot.providers().stream().map(Provider::problems).toList()
                + snapshot.providers().stream().map(Provider::definition).toList()
                + snapshot.providers().stream().map(Provider::tree).toList();
        assertThat(everything)
                .doesNotContain("canary", "corpus-literal", "literal-words", "secret-word", "your-api-key");
    }

    @Test
    void strictRefusesThemAllAtOnce() {
        RegistryBuilder strict = RegistrySnapshot.builder()
                .environment(Corpus.ENVIRONMENT)
                .folder(Layer.USER, folder)
                .strict(true);
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                dev.patchbay.diagnostic.ConfigurationException.class, strict::build)
                        .diagnostics())
                .hasSameSizeAs(snapshot.diagnostics());
    }
}
