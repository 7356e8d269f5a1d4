package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.TextRenderer;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistryBuilder;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.testkit.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees of a folder with good and broken jars: which providers there are, and every problem with its dependents. */
class BrokenJarsInRegistryTest {

    /** Providers of the user's own that need what the jars bring. */
    private static final String FILE = """
            providers:
              on-good: {dialect: good-words}
              on-constructor: {dialect: lost-1}
              on-static: {dialect: lost-2}
              on-exit: {dialect: lost-3}
              on-cut-off: {dialect: lost-4}
              on-newer: {dialect: lost-5}
              on-other: {dialect: lost-6}
              on-auth: {baseUrl: 'https://api.example.com', auth: {type: lost-1, key: $KEY}}
            """;

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
    void everyProviderIsListedWithItsReason() {
        String list = registry().build().providers().stream()
                .map(provider -> provider.id() + " " + provider.state() + " " + provider.location()
                        + provider.reason()
                                .filter(reason -> provider.state() == ProviderState.UNAVAILABLE)
                                .map(reason -> "\n    " + reason)
                                .orElse(""))
                .collect(Collectors.joining("\n", "", "\n"));

        golden().check("BrokenJarsInRegistryTest/providers.txt", list);
    }

    @Test
    void everyBadJarIsOneProblemThatNamesItsDependents() {
        List<Diagnostic> others = registry().build().diagnostics().stream()
                .filter(problem -> !isInAJar(problem))
                .toList();

        golden().check("BrokenJarsInRegistryTest/problems.txt", TextRenderer.render(others) + "\n");
    }

    @Test
    void aMistakeInAProviderFileOfAJarIsReportedAtItsLine() {
        assertThat(registry().build().diagnostics())
                .filteredOn(BrokenJarsInRegistryTest::isInAJar)
                .extracting(problem -> problem.code() + " " + problem.location())
                .contains("UNKNOWN_KEY definitions-with-errors.jar!META-INF/providers/wrong.yaml:2:11");
    }

    @Test
    void strictModeIsOneFailureWithAllOfThem() {
        RegistrySnapshot lenient = registry().build();

        assertThatThrownBy(() -> registry().strict(true).build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        failure -> assertThat(failure.diagnostics()).hasSameSizeAs(lenient.diagnostics()));
    }

    @Test
    void aProviderOfARejectedJarDoesNotStandInTheWayOfOneWithItsId() {
        RegistrySnapshot registry = registry()
                .text(
                        Layer.USER,
                        "mine.yaml",
                        "providers:\n  dependent: {baseUrl: 'http://localhost:1/v1', auth: none}\n")
                .build();

        assertThat(registry.find("dependent").map(Provider::isReady)).contains(true);
    }

    private static boolean isInAJar(Diagnostic problem) {
        return problem.location().source().contains(".jar!");
    }

    private static RegistryBuilder registry() {
        return RegistrySnapshot.builder()
                .plugins(loaded.plugins())
                .rejected(loaded.rejected())
                .environment(Environment.of(Map.of("KEY", "key-of-the-test")))
                .text(Layer.USER, "user.yaml", FILE);
    }

    private static Golden golden() {
        return Golden.files()
                .replacing(folder, "<plugins>")
                // The words of zlib, which are not ours.
                .normalising(text -> text.replaceAll("(damaged.jar: .*Exception): .*", "$1"));
    }
}
