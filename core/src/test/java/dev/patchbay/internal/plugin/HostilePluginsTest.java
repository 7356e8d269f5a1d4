package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins that do not return, or throw what nobody expects: each is one line, and the next plugin works. */
@Tag("slow")
@Tag("newest")
@Timeout(60)
class HostilePluginsTest {

    private static final String WAIT = "Hang.forever();";

    private static final String HANG = """
            public class Hang {
              static void forever() {
                Object never = new Object();
                synchronized (never) {
                  while (true) {
                    try { never.wait(); } catch (InterruptedException e) { /* and goes on */ }
                  }
                }
              }
              static <T> T returning() { forever(); return null; }
            }
            """;

    /** For each call that a host makes at load, a plugin that never returns from it, and what it is called. */
    private static final List<String> HANGING = List.of(
            "the constructor of acme.Plugin|public Plugin() { " + WAIT + " }",
            "the constructor of acme.Plugin|static { if (true) { " + WAIT + " } }",
            "id()|public String id() { " + WAIT + " return null; }",
            "dialects()|public List<Dialect> dialects() { " + WAIT + " return null; }",
            "dialects()|public List<Dialect> dialects() { return new AbstractList<>() { public Dialect get(int i) { return Hang.returning(); } public int size() { return 1; } }; }",
            "authenticators()|public List<Authenticator> authenticators() { " + WAIT + " return null; }",
            "secretSources()|public List<SecretSource> secretSources() { " + WAIT + " return null; }",
            "definitions()|public List<String> definitions() { " + WAIT + " return null; }",
            "Dialect.id|public List<Dialect> dialects() { return List.of(new Dialect() { public String id() { return Hang.returning(); } public ChatClient connect(ProviderDefinition d, ProviderContext c) { return null; } }); }",
            "Dialect.options|public List<Dialect> dialects() { return List.of(new Dialect() { public String id() { return \"x\"; } public List<Option> options() { return Hang.returning(); } public ChatClient connect(ProviderDefinition d, ProviderContext c) { return null; } }); }",
            "Authenticator.type|public List<Authenticator> authenticators() { return List.of(new Authenticator() { public String type() { return Hang.returning(); } public void authenticate(OutgoingRequest r, Credential c) {} }); }",
            "SecretSource.scheme|public List<SecretSource> secretSources() { return List.of(new SecretSource() { public String scheme() { return Hang.returning(); } public Secret resolve(Request r) { return null; } }); }");

    static Stream<String> hanging() {
        return HANGING.stream();
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("hanging")
    void aPluginThatNeverReturnsIsRejectedInTimeAndTheNextOneWorks(String hanging) {
        String call = hanging.substring(0, hanging.indexOf('|'));
        hanging(hanging.substring(hanging.indexOf('|') + 1)).writeTo(folder.resolve("a-hangs.jar"));
        PluginJar.forThisHost().plugin("good", "").writeTo(folder.resolve("b-good.jar"));

        try (LoadedPlugins loaded = loader(Duration.ofMillis(300)).build().load()) {
            assertThat(loaded.plugins()).extracting(LoadedPlugin::id).containsExactly("good");
            assertThat(loaded.rejected())
                    .extracting(PluginOutcome.Rejected::reason)
                    .containsExactly(call + " did not return within 300 ms");
        }
    }

    @Test
    void whileItIsWaitedForALineSaysSo() {
        hanging("public Plugin() { " + WAIT + " }").writeTo(folder.resolve("hangs.jar"));
        List<String> lines = new ArrayList<>();

        try (LoadedPlugins loaded = loader(Duration.ofMillis(2_500))
                .whenSlow(line -> {
                    lines.add(line);
                    throw new IllegalStateException("of the listener");
                })
                .build()
                .load()) {
            assertThat(loaded.rejected()).hasSize(1);
        }

        assertThat(lines)
                .containsExactly(
                        "hangs.jar, acme.Plugin: the constructor of acme.Plugin has not returned for 2 s; after 2500 ms the plugin is left out");
    }

    @Test
    void loadingAgainAndAgainDoesNotMakeMoreThreads() {
        hanging("public Plugin() { " + WAIT + " }").writeTo(folder.resolve("hangs-again.jar"));
        PluginLoader loader = loader(Duration.ofMillis(200)).build();
        loader.load().close();
        long started = System.nanoTime();

        for (int i = 0; i < 50; i++) {
            try (LoadedPlugins loaded = loader.load()) {
                assertThat(loaded.rejected())
                        .extracting(PluginOutcome.Rejected::reason)
                        .containsExactly("an earlier call of it has not returned yet");
            }
        }

        assertThat(threads("hangs-again.jar")).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aPluginOfTheClassPathThatNeverReturnsIsRejectedTheSameWay() throws Exception {
        Path jar = hanging("public Plugin() { " + WAIT + " }")
                .source(
                        "Good",
                        "public class Good implements ProviderPlugin { public String id() { return \"good\"; } }")
                .entry(PluginJar.SERVICE, "acme.Plugin\nacme.Good\n")
                .writeTo(folder.resolve("x.jar"));

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            LoadedPlugins loaded = PluginLoader.builder()
                    .discovery(loader)
                    .timeLimit(Duration.ofMillis(300))
                    .build()
                    .load();

            assertThat(loaded.plugins()).extracting(LoadedPlugin::id).containsExactly("good");
            assertThat(loaded.rejected())
                    .extracting(PluginOutcome.Rejected::line)
                    .containsExactly("class path: the constructor of acme.Plugin did not return within 300 ms");
        }
    }

    @Test
    void anInterruptedCallerWaitsAllTheSameAndStaysInterrupted() {
        PluginJar.forThisHost().plugin("good", "").writeTo(folder.resolve("good.jar"));
        Thread.currentThread().interrupt();
        try (LoadedPlugins loaded = loader(Duration.ofSeconds(10)).build().load()) {
            assertThat(loaded.plugins()).hasSize(1);
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new Error(\"an error\")",
                "new StackOverflowError()",
                "new NoSuchMethodError(\"gone\")",
                "new ThreadDeath()",
                "new AssertionError()",
                "new OutOfMemoryError(\"says the plugin\")",
                "new RuntimeException() { public String getMessage() { throw new Error(); } }",
                "new RuntimeException() { public String getMessage() { return getMessage(); } }",
                "new RuntimeException() { public Throwable getCause() { return this; } public String toString() { throw new Error(); } }",
                "new Error(\"x\".repeat(50_000_000))",
                "new RuntimeException(\"red \\u001b[31m and \\u202e backwards\")",
            })
    void whateverIsThrownIsTheOutcomeOfThatPluginAlone(String thrown) {
        String members = "static <T extends Throwable> void sneak(Throwable t) throws T { throw (T) t; }";
        PluginJar.forThisHost()
                .source(
                        "Plugin",
                        "@SuppressWarnings(\"unchecked\") public class Plugin implements ProviderPlugin { " + members
                                + " public String id() { Plugin.<RuntimeException>sneak(" + thrown
                                + "); return \"x\"; } }")
                .entry(PluginJar.SERVICE, "acme.Plugin\n")
                .writeTo(folder.resolve("a-throws.jar"));
        PluginJar.forThisHost().plugin("good", "").writeTo(folder.resolve("b-good.jar"));

        try (LoadedPlugins loaded = loader(Duration.ofSeconds(10)).build().load()) {
            assertThat(loaded.plugins()).extracting(LoadedPlugin::id).containsExactly("good");
            assertThat(loaded.rejected())
                    .singleElement()
                    .satisfies(rejected -> assertThat(rejected.line())
                            .startsWith("a-throws.jar: id() failed with ")
                            .hasSizeLessThan(500)
                            .doesNotContain("\u001b", "\u202e"));
        }
    }

    @Test
    void namesThatATerminalWouldObeyAreWrittenOut() {
        PluginJar.forThisHost()
                .source(
                        "Plugin",
                        "public class Plugin implements ProviderPlugin { public String id() { return \"a\\u001b]0;x\\u0007\\u202eb\\n\"; } }")
                .entry(PluginJar.SERVICE, "acme.Plugin\n")
                .manifest("Implementation-Version", "1\u001b[2J")
                .entry("META-INF/providers/e\u001b[1mvil\u202e.yaml", "providers: {x: {baseUlr: y}}")
                .writeTo(folder.resolve("na\u001b[31mme\u202e.jar"));

        try (LoadedPlugins loaded = loader(Duration.ofSeconds(10)).build().load()) {
            PluginOutcome.Rejected rejected = loaded.rejected().get(0);
            String shown = rejected.line()
                    + rejected.version()
                    + rejected.id()
                    + rejected.diagnostic(List.of("x"))
                    + rejected.definitions().get(0).name()
                    + rejected.diagnostic(List.of()).toMap();

            assertThat(shown)
                    .contains(
                            "na\\u001b[31mme\\u202e.jar",
                            "a\\u001b]0;x\\u0007\\u202eb",
                            "1\\u001b[2J",
                            "e\\u001b[1mvil")
                    .doesNotContain("\u001b", "\u0007", "\u202e", "\n\n");
        }
    }

    private static PluginJar hanging(String members) {
        String id = members.startsWith("public String id()") ? "" : "public String id() { return \"hangs\"; }";
        return PluginJar.forThisHost()
                .source("Hang", HANG)
                .source("Plugin", "public class Plugin implements ProviderPlugin { " + id + members + " }")
                .entry(PluginJar.SERVICE, "acme.Plugin\n")
                // Another jar each time: what one hangs in is no business of the next.
                .entry("unique.txt", Long.toString(System.nanoTime()));
    }

    private PluginLoader.Builder loader(Duration limit) {
        return PluginLoader.builder().withoutDiscovery().directory(folder).timeLimit(limit);
    }

    private static List<Thread> threads(String jar) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(jar))
                .toList();
    }
}
