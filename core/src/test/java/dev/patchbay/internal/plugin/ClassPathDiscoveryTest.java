package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderPlugin;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathDiscoveryTest {

    @TempDir
    Path folder;

    @Test
    void keepsTheGoodPluginsOfAServiceFileThatNamesBadOnes() throws IOException {
        Path jar = PluginJar.plain()
                .source(
                        "Good",
                        "public class Good implements ProviderPlugin { public String id() { return \"good\"; } }")
                .source(
                        "Throws",
                        "public class Throws implements ProviderPlugin { public Throws() { throw new IllegalStateException(\"no luck\"); } public String id() { return \"throws\"; } }")
                .source("Other", "public class Other {}")
                .entry(PluginJar.SERVICE, "acme.Throws\nacme.Missing\nacme.Other\nacme.Good\n")
                .writeTo(folder.resolve("x.jar"));

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            LoadedPlugins loaded =
                    PluginLoader.builder().discovery(loader).build().load();

            assertThat(loaded.plugins()).extracting(LoadedPlugin::id).containsExactly("good");
            assertThat(loaded.rejected())
                    .extracting(PluginOutcome.Rejected::line)
                    .containsExactly(
                            "class path: Provider acme.Throws could not be instantiated: IllegalStateException: no luck",
                            "class path: Provider acme.Missing not found",
                            "class path: acme.Other not a subtype");
        }
    }

    @Test
    void aJarOnTheClassPathKeepsItsProviderFiles() throws IOException {
        String file = "providers: {ID: {baseUrl: 'http://localhost/v1', auth: none}}";
        Path one = PluginJar.plain()
                .plugin("one", "")
                .entry("META-INF/providers/own.yaml", file.replace("ID", "of-one"))
                .entry("META-INF/providers/more.yaml", file.replace("ID", "more-of-one"))
                .writeTo(folder.resolve("one.jar"));
        Path two = PluginJar.plain()
                .source(
                        "Two",
                        "public class Two implements ProviderPlugin { public String id() { return \"two\"; }"
                                + " public List<String> definitions() { return List.of(\"META-INF/providers/own.yaml\"); } }")
                .entry(PluginJar.SERVICE, "acme.Two")
                .entry("META-INF/providers/own.yaml", file.replace("ID", "of-two"))
                .writeTo(folder.resolve("two.jar"));

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {one.toUri().toURL(), two.toUri().toURL()}, getClass().getClassLoader())) {
            LoadedPlugins loaded =
                    PluginLoader.builder().discovery(loader).build().load();
            RegistrySnapshot registry =
                    RegistrySnapshot.builder().plugins(loaded.plugins()).build();

            assertThat(registry.providers())
                    .extracting(Provider::id)
                    .containsExactly("more-of-one", "of-one", "of-two");
        }
    }

    @Test
    void aGarbageServiceFileIsOneRejection() throws IOException {
        Path jar = PluginJar.plain()
                .entry(PluginJar.SERVICE, "\u0000\u0001 what is this\n")
                .writeTo(folder.resolve("x.jar"));

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            LoadedPlugins loaded =
                    PluginLoader.builder().discovery(loader).build().load();

            assertThat(loaded.rejected())
                    .singleElement()
                    .satisfies(rejected -> assertThat(rejected.reason()).contains("Illegal"));
        }
    }

    @Test
    void findsNothingWithoutDiscovery() {
        assertThat(PluginLoader.builder().withoutDiscovery().build().load().outcomes())
                .isEmpty();
    }

    @Test
    void theOneThatWasPassedInKeepsItsIdAgainstALaterOne() {
        LoadedPlugins loaded = PluginLoader.builder()
                .withoutDiscovery()
                .plugin(new Named("same"))
                .plugin(new Named("same"))
                .plugin(new Named("Not A Name"))
                .build()
                .load();

        assertThat(loaded.plugins()).hasSize(1);
        assertThat(loaded.rejected())
                .extracting(PluginOutcome.Rejected::line)
                .containsExactly(
                        "application (same): plugin 'same' is already there, from application",
                        "application (Not A Name): plugin 'Not A Name' is not a name: it must match [a-z0-9][a-z0-9._-]{0,63}");
    }

    @Test
    void strictModeIsOneFailureWithEveryRejection() {
        PluginLoader loader = PluginLoader.builder()
                .withoutDiscovery()
                .strict(true)
                .plugin(new Named("good"))
                .plugin(new Named(null))
                .plugin(new Named("good"))
                .build();

        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, loader::load);

        assertThat(failure.diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly(
                        "plugin rejected: id() returned null",
                        "plugin good rejected: plugin 'good' is already there, from application");
    }

    @Test
    void aPluginMayNotTakeTheNameOfADialectOfTheHost() {
        ProviderPlugin greedy = new Named("greedy") {
            @Override
            public List<Dialect> dialects() {
                return List.of(new SilentDialect("openai-chat"));
            }
        };

        LoadedPlugins loaded =
                PluginLoader.builder().withoutDiscovery().plugin(greedy).build().load();

        assertThat(loaded.rejected())
                .extracting(PluginOutcome.Rejected::reason)
                .containsExactly("dialect 'openai-chat' is already there, from Patchbay itself");
    }

    private static class Named implements ProviderPlugin {

        private final @Nullable String id;

        Named(@Nullable String id) {
            this.id = id;
        }

        @Override
        @SuppressWarnings("NullAway")
        public String id() {
            return id;
        }
    }
}
