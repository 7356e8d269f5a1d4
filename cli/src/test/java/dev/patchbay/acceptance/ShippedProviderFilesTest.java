package dev.patchbay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.Provider;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of config/providers, ready to copy, loads without a word and launches. */
final class ShippedProviderFilesTest {

    private static final Path FOLDER = Path.of(System.getProperty("patchbay.root"), "config", "providers");

    /** Has a value for whatever a file refers to. */
    private static final Environment ENVIRONMENT =
            name -> Optional.of(name.endsWith("_KEY") ? "key-of-a-test" : "https://gateway.example");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void loadsWithoutAProblemAndLaunches(Path file) {
        try (Patchbay patchbay =
                Patchbay.builder().environment(ENVIRONMENT).config(file).build()) {
            assertThat(patchbay.registry().diagnostics()).isEmpty();
            List<Provider> providers = patchbay.registry().providers().stream()
                    .filter(provider -> provider.layer() == Layer.COMMAND_LINE)
                    .toList();
            assertThat(providers).isNotEmpty().allMatch(Provider::isReady);
            for (Provider provider : providers) {
                launch(patchbay, provider.definition().orElseThrow());
            }
        }
    }

    private static void launch(Patchbay patchbay, Definition definition) {
        try (FakeProvider fake = FakeProvider.start()) {
            String path = definition.baseUrl().orElseThrow().getRawPath();
            LaunchRequest.Builder request = LaunchRequest.query("Hello")
                    .provider(definition.id())
                    .model("a/model:1")
                    .temperature(0.5)
                    .proxyEnabled(true)
                    .proxyBaseUrl(fake.baseUrl(path).toString());
            boolean keyless =
                    definition.auth().isEmpty() || definition.auth().get().isNone();
            if (!keyless) {
                request.proxyApiKey("key-of-a-test");
            }
            assertThat(patchbay.launch(request.build()).await().text()).isEqualTo(FakeProvider.DEFAULT_TEXT);
            RecordedRequest sent = fake.onlyRequest();
            assertThat(sent.path()).startsWith(path).matches(".*/(chat/completions|messages)");
            assertThat(fake.sawAnywhere("key-of-a-test")).isEqualTo(!keyless);
        }
    }
}
