package dev.patchbay.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.PresetFiles;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of config/providers, shipped as presets. */
final class PresetsTest {

    private static final Environment ENVIRONMENT =
            name -> Optional.of(name.endsWith("_KEY") ? "key-of-a-test" : "https://gateway.example");

    @TempDir
    Path folder;

    @Test
    void everyDefinitionOfEveryShippedFileIsAPreset() {
        RegistrySnapshot files = RegistrySnapshot.builder()
                .environment(ENVIRONMENT)
                .folder(Layer.USER, Path.of("..", "config", "providers"))
                .build();
        List<String> ids = files.providers().stream().map(Provider::id).toList();
        assertThat(PresetFiles.of(getClass().getClassLoader()).ids()).containsExactlyElementsOf(ids);
    }

    @Test
    void everyPresetCanBeExtended() {
        var presets = PresetFiles.of(getClass().getClassLoader());
        StringBuilder yaml = new StringBuilder("providers:\n");
        presets.ids().forEach(id -> yaml.append("  my-" + id + ": {extends: preset:" + id + "}\n"));
        RegistrySnapshot snapshot = RegistrySnapshot.builder()
                .environment(ENVIRONMENT)
                .presets(presets)
                .text(Layer.USER, "user.yaml", yaml.toString())
                .build();
        assertThat(snapshot.diagnostics()).isEmpty();
        assertThat(snapshot.providers()).hasSameSizeAs(presets.ids()).allMatch(Provider::isReady);
    }

    @Test
    void aProviderThatExtendsAPresetLaunches() throws IOException {
        try (FakeProvider fake = FakeProvider.start();
                Patchbay patchbay = patchbay("groq: {extends: preset:groq, baseUrl: " + fake.baseUrl("/openai/v1")
                        + ", apiKey: $GROQ_API_KEY}")) {
            LaunchRequest request = LaunchRequest.query("Hello")
                    .provider("groq")
                    .model("sonnet")
                    .build();
            assertThat(patchbay.launch(request).await().text()).isEqualTo(FakeProvider.DEFAULT_TEXT);
            assertThat(fake.onlyRequest().text()).contains("openai/gpt-oss-120b");
            assertThat(fake.sawAnywhere("key-of-a-test")).isTrue();
        }
    }

    @Test
    void aPresetThatIsNamedNeedsNoFile() throws IOException {
        try (Patchbay patchbay = patchbay("mine: {baseUrl: https://mine.example, auth: none}")) {
            LaunchRequest request =
                    LaunchRequest.query("Hello").provider("groq").build();
            assertThat(patchbay.route(request).provider()).isEqualTo("groq");
            assertThat(patchbay.registry().find("groq")).isEmpty();
            assertThat(patchbay.registry().defaultProvider()).isEqualTo("anthropic");
        }
    }

    @Test
    void anApplicationThatLooksAtNoClassPathHasNone() {
        try (Patchbay patchbay = Patchbay.builder()
                .withoutDiscovery()
                .environment(Environment.of(Map.of()))
                .build()) {
            assertThat(patchbay.registry().presets()).isEmpty();
        }
    }

    private Patchbay patchbay(String provider) throws IOException {
        Path file = folder.resolve("providers.yaml");
        Files.writeString(file, "providers:\n  " + provider + "\n");
        return Patchbay.builder().environment(ENVIRONMENT).config(file).build();
    }
}
