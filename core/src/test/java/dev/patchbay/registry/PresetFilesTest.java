package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.TextRenderer;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Layer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presets on a class path (provider-files.md, section 1, layer 0). */
final class PresetFilesTest {

    @TempDir
    Path folder;

    private Recording loader;

    @BeforeEach
    void offersTwoFiles() throws IOException {
        Path presets = Files.createDirectories(folder.resolve(PresetFiles.FOLDER));
        Files.writeString(folder.resolve(PresetFiles.INDEX), """
                # file: ids
                one.yaml: one one-more
                two.yaml: two
                gone.yaml: gone
                """);
        Files.writeString(presets.resolve("one.yaml"), """
                providers:
                  one: {baseUrl: https://one.example/v1, auth: none, defaultModel: m}
                  one-more: {extends: "preset:two", name: More}
                """);
        Files.writeString(
                presets.resolve("two.yaml"), "providers: {two: {baseUrl: https://two.example/v1, auth: none}}");
        loader = new Recording(folder.toUri().toURL());
    }

    @Test
    void nothingIsReadBeforeAPresetIsNamed() {
        RegistrySnapshot snapshot = build("mine: {baseUrl: https://mine.example, auth: none}");
        assertThat(snapshot.find("mine").orElseThrow().isReady()).isTrue();
        assertThat(loader.asked).isEmpty();
        assertThat(snapshot.presets()).containsExactly("one", "one-more", "two");
    }

    @Test
    void aPresetMayExtendAnotherInAnotherFile() {
        RegistrySnapshot snapshot = build("mine: {extends: preset:one-more, defaultModel: x}");
        Provider mine = snapshot.find("mine").orElseThrow();
        assertThat(snapshot.diagnostics()).isEmpty();
        assertThat(snapshot.providers()).hasSize(1);
        assertThat(mine.definition().orElseThrow().baseUrl()).hasToString("Optional[https://two.example/v1]");
        assertThat(mine.tree().orElseThrow().get("name").orElseThrow().location())
                .hasToString("preset:one.yaml:3:43");
    }

    @Test
    void anUnknownPresetIsReportedWithTheNearest() {
        RegistrySnapshot snapshot = build("mine: {extends: preset:twoo}\nother: {extends: two}");
        assertThat(TextRenderer.render(snapshot.diagnostics())).isEqualTo("""
                user.yaml:2:19: error[E403]: there is no preset twoo; did you mean two?
                      mine: {extends: preset:twoo}
                                      ^^^^^^^^^^^

                user.yaml:3:20: error[E403]: no provider two to extend
                      other: {extends: two}
                                       ^^^
                help: write extends: preset:two""");
    }

    @Test
    void whereNoJarOffersAnyThereAreNone() throws IOException {
        Files.delete(folder.resolve(PresetFiles.INDEX));
        assertThat(build("mine: {baseUrl: https://mine.example, auth: none}").presets())
                .isEmpty();
    }

    private RegistrySnapshot build(String yaml) {
        return RegistrySnapshot.builder()
                .environment(Environment.of(Map.of()))
                .presets(PresetFiles.of(loader))
                .text(Layer.USER, "user.yaml", "providers:\n" + yaml.indent(2))
                .build();
    }

    /** Knows what it was asked for. */
    private static final class Recording extends URLClassLoader {

        private final List<String> asked = new CopyOnWriteArrayList<>();

        Recording(URL folder) {
            super(new URL[] {folder}, ClassLoader.getPlatformClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            asked.add(name);
            return super.getResources(name);
        }
    }
}
