package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jars that were built for another version of the plugin interface. */
class SpiVersionsTest {

    private static final String RAN = "patchbay.test.other-version";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.7", "2.1", "3.0", "10.0"})
    void aJarForAnotherVersionIsOneLineAndNoClassOfItIsLoaded(String version) {
        jar(version);

        try (LoadedPlugins loaded = load()) {
            assertThat(loaded.rejected())
                    .extracting(PluginOutcome.Rejected::line)
                    .containsExactly("x.jar: it was built for version " + version
                            + " of the plugin interface; this Patchbay has 2.0");
        }
        assertThat(System.getProperty(RAN)).isNull();
    }

    @Test
    void aJarForThisOneWorks() {
        jar("2.0");

        try (LoadedPlugins loaded = load()) {
            assertThat(loaded.plugins()).extracting(LoadedPlugin::id).containsExactly("other");
            assertThat(System.getProperty(RAN)).isEqualTo("yes");
        } finally {
            System.clearProperty(RAN);
        }
    }

    private void jar(String version) {
        PluginJar.plain()
                .manifest("Provider-Spi-Version", version)
                .plugin("other", "static { System.setProperty(\"" + RAN + "\", \"yes\"); }")
                .writeTo(folder.resolve("x.jar"));
    }

    private LoadedPlugins load() {
        return PluginLoader.builder()
                .withoutDiscovery()
                .directory(folder)
                .build()
                .load();
    }
}
