package dev.patchbay.internal.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with every kind of plugin jar that can be met, good and broken. */
final class BrokenJars {

    private static final String DIALECT = "public List<Dialect> dialects() { return List.of(new Words()); }";

    private BrokenJars() {}

    /** Compiling takes seconds, so the jars are made once and copied. */
    private static final Map<String, byte[]> MADE = new TreeMap<>();

    static synchronized void writeTo(Path folder) throws IOException {
        if (MADE.isEmpty()) {
            make(folder);
            try (Stream<Path> jars = Files.list(folder)) {
                for (Path jar : jars.toList()) {
                    MADE.put(jar.getFileName().toString(), Files.readAllBytes(jar));
                }
            }
            return;
        }
        for (Map.Entry<String, byte[]> jar : MADE.entrySet()) {
            Files.write(folder.resolve(jar.getKey()), jar.getValue());
        }
    }

    private static void make(Path folder) throws IOException {
        good(folder);
        brokenCode(folder);
        brokenFiles(folder);
        otherVersions(folder);
        PluginJar.forThisHost().plugin("twin", "").writeTo(folder.resolve("twin-1.jar"));
        PluginJar.forThisHost().plugin("twin", "").writeTo(folder.resolve("twin-2.jar"));
    }

    private static void good(Path folder) {
        withDialect("words", "good-words")
                .manifest("Implementation-Version", "2.3")
                .writeTo(folder.resolve("good-dialect.jar"));
        PluginJar.plain()
                .entry(
                        "META-INF/providers/local.yaml",
                        "providers:\n  local: {baseUrl: 'http://localhost:1/v1', auth: none}\n")
                .writeTo(folder.resolve("good-definitions.jar"));
        oldLibraries().writeTo(folder.resolve("bundles-old-libraries.jar"));
        PluginJar.plain()
                .entry("META-INF/providers/wrong.yaml", "providers:\n  wrong: {baseUlr: 'http://localhost:1/v1'}\n")
                .writeTo(folder.resolve("definitions-with-errors.jar"));
    }

    private static void brokenCode(Path folder) {
        withDialect("constructor", "lost-1")
                .source(
                        "Plugin",
                        "public class Plugin implements ProviderPlugin { public Plugin() { throw new IllegalStateException(\"no licence\"); } public String id() { return \"constructor\"; } "
                                + DIALECT + " }")
                .writeTo(folder.resolve("constructor-throws.jar"));
        withDialect("static", "lost-2")
                .source(
                        "Plugin",
                        "public class Plugin implements ProviderPlugin { static final int X = Integer.parseInt(\"x\"); public String id() { return \"static\"; } "
                                + DIALECT + " }")
                .writeTo(folder.resolve("static-initialiser-fails.jar"));
        PluginJar.forThisHost()
                .source("Base", "public abstract class Base implements ProviderPlugin {}")
                .source("Plugin", "public class Plugin extends Base { public String id() { return \"orphan\"; } }")
                .entry(PluginJar.SERVICE, "acme.Plugin")
                .without("acme.Base")
                .writeTo(folder.resolve("superclass-missing.jar"));
        PluginJar.forThisHost()
                .entry(PluginJar.SERVICE, "acme.Nowhere")
                .writeTo(folder.resolve("service-names-a-missing-class.jar"));
        PluginJar.forThisHost()
                .entry(PluginJar.SERVICE, "{\"this\": \"is not\", a service file}")
                .writeTo(folder.resolve("garbage-service-file.jar"));
        withDialect("exits", "lost-3")
                .source(
                        "Plugin",
                        "public class Plugin implements ProviderPlugin { public Plugin() { System.exit(7); } public String id() { return \"exits\"; } "
                                + DIALECT + " }")
                .writeTo(folder.resolve("calls-system-exit.jar"));
    }

    private static void brokenFiles(Path folder) throws IOException {
        Files.writeString(folder.resolve("corrupt.jar"), "PK\3\4 this is not a jar");
        Path whole = withDialect("cut", "lost-4").writeTo(folder.resolve("cut-off.jar"));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
        Path damaged = PluginJar.plain()
                .entry("META-INF/providers/x.yaml", "x-comment: ".repeat(200))
                .writeTo(folder.resolve("damaged.jar"));
        byte[] content = Files.readAllBytes(damaged);
        int name = new String(content, StandardCharsets.ISO_8859_1).indexOf("x.yaml") + "x.yaml".length();
        content[name + 12] ^= 0x55;
        Files.write(damaged, content);
        Files.createFile(folder.resolve("empty.jar"));
        PluginJar.plain().writeTo(folder.resolve("brings-nothing.jar"));
    }

    private static void otherVersions(Path folder) {
        withDialect("newer", "lost-5")
                .manifest("Provider-Spi-Version", "2.1")
                .writeTo(folder.resolve("newer-spi-minor.jar"));
        withDialect("other", "lost-6")
                .manifest("Provider-Spi-Version", "3.0")
                .entry("META-INF/providers/dependent.yaml", "providers:\n  dependent: {dialect: lost-6}\n")
                .writeTo(folder.resolve("other-spi-major.jar"));
        PluginJar.plain().plugin("silent", "").writeTo(folder.resolve("says-no-version.jar"));
        PluginJar.plain()
                .manifest("Provider-Spi-Version", "latest")
                .plugin("vague", "")
                .writeTo(folder.resolve("says-a-vague-version.jar"));
    }

    static PluginJar withDialect(String id, String dialect) {
        return PluginJar.forThisHost()
                .plugin(id, DIALECT)
                .source("Words", DIALECT_SOURCE.replace("DIALECT_ID", dialect));
    }

    private static PluginJar oldLibraries() {
        return PluginJar.forThisHost()
                .plugin("old-libraries", "public List<Dialect> dialects() { return List.of(new Words()); }")
                .source(
                        "com.fasterxml.jackson.databind",
                        "ObjectMapper",
                        "public class ObjectMapper { public static String version() { return \"2.2.0-of-the-plugin\"; } }")
                .source(
                        "Words",
                        DIALECT_SOURCE.replace(
                                "\"DIALECT_ID\"", "\"old-\" + com.fasterxml.jackson.databind.ObjectMapper.version()"))
                .sourceApart(
                        "dev.patchbay.spi",
                        "ProviderPlugin",
                        "public interface ProviderPlugin { int nothingOfToday(); }")
                .sourceApart("dev.patchbay.spi", "ChatRequest", "public final class ChatRequest {}");
    }

    static final String DIALECT_SOURCE = """
            public class Words implements Dialect {
              public String id() { return "DIALECT_ID"; }
              public boolean needsBaseUrl() { return false; }
              public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
                return request -> new ChatStream() {
                  private int next;
                  public Optional<ChatEvent> next() {
                    return next++ == 0 ? Optional.of(ChatEvent.stopped()) : Optional.empty();
                  }
                  public void close() {}
                };
              }
            }
            """;
}
