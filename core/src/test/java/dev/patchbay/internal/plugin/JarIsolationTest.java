package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderDefinition;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin sees of the world: asked from inside one, whose dialect answers in the problems of its validation. */
class JarIsolationTest {

    private static final String PROBE = """
            public class Probe implements Dialect {
              public String id() { return "DIALECT_ID"; }
              public ChatClient connect(ProviderDefinition definition, ProviderContext context) { throw new UnsupportedOperationException(); }
              public List<Problem> validate(ProviderDefinition definition) {
                List<Problem> seen = new ArrayList<>();
                for (String name : List.of("dev.patchbay.internal.plugin.PluginLoader", "dev.patchbay.builtin.AnthropicPlugin", "acme.other.Secret",
                    "com.fasterxml.jackson.databind.ObjectMapper", "org.yaml.snakeyaml.Yaml", "dev.patchbay.spi.Secret", "java.sql.Driver")) {
                  seen.add(new Problem(name, seen(name)));
                }
                int services = 0;
                for (ProviderPlugin plugin : ServiceLoader.load(ProviderPlugin.class)) services++;
                seen.add(new Problem("plugins found through the context loader", "" + services));
                seen.add(new Problem("resource of the host", "" + Probe.class.getClassLoader().getResource("dev/patchbay/internal/plugin/PluginLoader.class")));
                seen.add(new Problem("own resource", "" + (Probe.class.getResource("/own.txt") != null)));
                return seen;
              }
              private static String seen(String name) {
                try {
                  Class.forName(name);
                  return "seen";
                } catch (ClassNotFoundException e) {
                  return "not seen";
                }
              }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void seesTheJdkTheInterfaceAndItself() {
        probe("probe").entry("own.txt", "mine").writeTo(folder.resolve("probe.jar"));
        PluginJar.forThisHost()
                .plugin("other", "")
                .source("acme.other", "Secret", "public class Secret {}")
                .writeTo(folder.resolve("other.jar"));

        try (LoadedPlugins loaded = load()) {
            assertThat(loaded.rejected()).isEmpty();
            assertThat(dialect(loaded, "probe").validate(NOTHING))
                    .extracting(problem -> problem.path() + ": " + problem.message())
                    .containsExactly(
                            "dev.patchbay.internal.plugin.PluginLoader: not seen",
                            "dev.patchbay.builtin.AnthropicPlugin: not seen",
                            "acme.other.Secret: not seen",
                            "com.fasterxml.jackson.databind.ObjectMapper: not seen",
                            "org.yaml.snakeyaml.Yaml: not seen",
                            "dev.patchbay.spi.Secret: seen",
                            "java.sql.Driver: seen",
                            "plugins found through the context loader: 1",
                            "resource of the host: null",
                            "own resource: true");
        }
    }

    @Test
    void theContextLoaderIsThePluginsDuringACallAndTheCallersAfterwards() {
        probe("probe").writeTo(folder.resolve("probe.jar"));
        ClassLoader hostile = new ClassLoader(null) {};
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(hostile);
        try (LoadedPlugins loaded = load()) {
            List<Dialect.Problem> seen = dialect(loaded, "probe").validate(NOTHING);

            assertThat(seen)
                    .filteredOn(problem -> problem.path().startsWith("plugins found"))
                    .extracting(Dialect.Problem::message)
                    .containsExactly("1");
            assertThat(thread.getContextClassLoader()).isSameAs(hostile);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void theJarsOfOneFolderAreOnePlugin() throws Exception {
        Path together = Files.createDirectory(folder.resolve("together"));
        Files.createDirectory(folder.resolve("no-jars-in-here"));
        Files.createDirectory(folder.resolve("_off"));
        PluginJar.forThisHost()
                .plugin(
                        "split",
                        "public List<Dialect> dialects() { return List.of(new acme.library.Words()); }"
                                + "public List<String> definitions() { return List.of(\"META-INF/providers/b.yaml\"); }")
                .entry("META-INF/providers/a.yaml", "providers: {}")
                .entry("META-INF/providers/b.yaml", "providers: {}")
                .source(
                        "acme.library",
                        "Words",
                        PROBE.replace("DIALECT_ID", "split").replace("Probe", "Words"))
                .without("acme.library.Words")
                .writeTo(together.resolve("plugin.jar"));
        PluginJar.plain()
                .source(
                        "acme.library",
                        "Words",
                        PROBE.replace("DIALECT_ID", "split").replace("Probe", "Words"))
                .writeTo(together.resolve("library.jar"));
        PluginJar.forThisHost().plugin("off", "").writeTo(folder.resolve("_off/off.jar"));

        try (LoadedPlugins loaded = load()) {
            assertThat(loaded.rejected()).isEmpty();
            assertThat(loaded.outcomes()).singleElement().satisfies(outcome -> {
                assertThat(outcome.origin().path()).contains(together);
                assertThat(outcome.origin().sha256()).isPresent();
            });
            assertThat(dialect(loaded, "split").id()).isEqualTo("split");
            assertThat(loaded.plugins().get(0).definitions())
                    .extracting(LoadedPlugin.DefinitionFile::name)
                    .containsExactly(
                            "together/plugin.jar!META-INF/providers/b.yaml",
                            "together/plugin.jar!META-INF/providers/a.yaml");
        }
    }

    private LoadedPlugins load() {
        return PluginLoader.builder()
                .withoutDiscovery()
                .directory(folder)
                .build()
                .load();
    }

    private static PluginJar probe(String dialect) {
        return PluginJar.forThisHost()
                .plugin("probe", "public List<Dialect> dialects() { return List.of(new Probe()); }")
                .source("Probe", PROBE.replace("DIALECT_ID", dialect));
    }

    private static Dialect dialect(LoadedPlugins loaded, String id) {
        return loaded.plugins().stream()
                .flatMap(plugin -> plugin.dialects().stream())
                .filter(dialect -> dialect.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static final ProviderDefinition NOTHING = new ProviderDefinition() {
        @Override
        public String id() {
            return "nothing";
        }

        @Override
        public String dialect() {
            return "nothing";
        }

        @Override
        public Optional<URI> baseUrl() {
            return Optional.empty();
        }

        @Override
        public Options options() {
            return Options.none();
        }
    };
}
