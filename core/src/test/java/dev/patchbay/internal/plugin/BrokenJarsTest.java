package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.spi.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One folder with good and broken jars: the good ones work, each bad one is one line. */
class BrokenJarsTest {

    @TempDir
    static Path folder;

    private static LoadedPlugins loaded = LoadedPlugins.none();

    @BeforeAll
    static void load() throws IOException {
        BrokenJars.writeTo(folder);
        loaded = PluginLoader.builder()
                .withoutDiscovery()
                .directory(folder)
                .build()
                .load();
    }

    @AfterAll
    static void close() {
        loaded.close();
    }

    @Test
    void theGoodOnesWork() {
        assertThat(loaded.plugins())
                .extracting(LoadedPlugin::id)
                .containsExactly("old-libraries", "definitions-with-errors", "good-definitions", "words", "twin");
        assertThat(loaded.plugins().stream()
                        .flatMap(plugin -> plugin.definitions().stream())
                        .map(LoadedPlugin.DefinitionFile::name))
                .containsExactly(
                        "definitions-with-errors.jar!META-INF/providers/wrong.yaml",
                        "good-definitions.jar!META-INF/providers/local.yaml");
    }

    @Test
    void aPluginThatBundlesOldLibrariesRunsWithItsOwnAndWithTheHostsInterface() {
        assertThat(dialects()).extracting(Dialect::id).containsExactly("old-2.2.0-of-the-plugin", "good-words");
    }

    @Test
    void theVersionIsThatOfTheManifest() {
        assertThat(loaded.outcomes())
                .filteredOn(PluginOutcome.Loaded.class::isInstance)
                .extracting(outcome -> ((PluginOutcome.Loaded) outcome).version())
                .contains(Optional.of("2.3"));
    }

    @Test
    void eachBadOneIsOneLineWithItsReason() {
        String lines = loaded.rejected().stream()
                .map(rejected -> rejected.line().replaceFirst("(damaged.jar: .*Exception:).*", "$1"))
                .collect(Collectors.joining("\n", "", "\n"));

        assertThat(lines).isEqualTo("""
                        brings-nothing.jar: it brings nothing: no META-INF/services/dev.patchbay.spi.ProviderPlugin and no META-INF/providers/*.yaml
                        calls-system-exit.jar: acme.Plugin calls System.exit, which would end the program it runs in
                        constructor-throws.jar: Provider acme.Plugin could not be instantiated: IllegalStateException: no licence
                        corrupt.jar: it cannot be read as a jar: ZipException: zip END header not found
                        cut-off.jar: it cannot be read as a jar: ZipException: zip END header not found
                        damaged.jar: it cannot be read as a jar: ZipException:
                        empty.jar: it cannot be read as a jar: ZipException: zip file is empty
                        garbage-service-file.jar: META-INF/services/dev.patchbay.spi.ProviderPlugin, line 1: Illegal configuration-file syntax
                        newer-spi-minor.jar: it was built for version 2.1 of the plugin interface; this Patchbay has 2.0
                        other-spi-major.jar: it was built for version 3.0 of the plugin interface; this Patchbay has 2.0
                        says-a-vague-version.jar: its manifest says Provider-Spi-Version: latest, which is no version
                        says-no-version.jar: its manifest has no Provider-Spi-Version
                        service-names-a-missing-class.jar: Provider acme.Nowhere not found
                        static-initialiser-fails.jar: Provider acme.Plugin could not be instantiated: NumberFormatException: For input string: "x"
                        superclass-missing.jar: class acme.Base, which it needs, is not there
                        twin-2.jar (twin): plugin 'twin' is already there, from twin-1.jar
                        """);
    }

    @Test
    void everyJarThatCouldBeReadHasItsDigest() {
        assertThat(loaded.outcomes())
                .allSatisfy(outcome -> assertThat(outcome.origin().sha256())
                        .hasValueSatisfying(digest -> assertThat(digest).matches("[0-9a-f]{64}")));
    }

    @Test
    void aRejectedPluginSaysWhatItWouldHaveBroughtAsFarAsThatCanBeKnownWithoutRunningIt() {
        assertThat(Stream.of("lost-1", "lost-2", "lost-3", "lost-4", "lost-5", "lost-6", "good-words", "nowhere")
                        .map(name -> name + " "
                                + loaded.rejectedThatWouldBring(name)
                                        .map(rejected -> rejected.origin().label())
                                        .orElse("-")))
                .containsExactly(
                        "lost-1 constructor-throws.jar",
                        "lost-2 static-initialiser-fails.jar",
                        "lost-3 calls-system-exit.jar",
                        "lost-4 -",
                        "lost-5 newer-spi-minor.jar",
                        "lost-6 other-spi-major.jar",
                        "good-words -",
                        "nowhere -");
        assertThat(loaded.rejectedThatWouldBring("lost-6").orElseThrow().definitions())
                .extracting(LoadedPlugin.DefinitionFile::name)
                .containsExactly("other-spi-major.jar!META-INF/providers/dependent.yaml");
    }

    @Test
    void strictModeTurnsThemIntoOneFailureWithAllOfThem() {
        PluginLoader strict = PluginLoader.builder()
                .withoutDiscovery()
                .directory(folder)
                .strict(true)
                .build();

        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, strict::load);

        assertThat(failure.diagnostics())
                .extracting(diagnostic -> diagnostic.location().source())
                .containsExactlyElementsOf(loaded.rejected().stream()
                        .map(rejected -> rejected.origin().path().orElseThrow().toString())
                        .toList());
        assertThat(failure)
                .hasMessageContaining(
                        "newer-spi-minor.jar: error[E501]: plugin rejected: it was built for version 2.1"
                                + " of the plugin interface; this Patchbay has 2.0\nhelp: use a newer Patchbay, or an older release of the plugin\n")
                .hasMessageContaining(
                        "twin-2.jar: error[E502]: plugin twin rejected: plugin 'twin' is already there, from twin-1.jar\n");
    }

    private static List<Dialect> dialects() {
        return loaded.plugins().stream()
                .flatMap(plugin -> plugin.dialects().stream())
                .toList();
    }
}
