package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that change while they are in use, and the copies that make this harmless. */
class JarReplacementTest {

    /** Needs, when it is asked, a class and a resource that nobody has needed before. */
    private static final String SOURCE = """
            public class Lazy implements SecretSource {
              public String scheme() { return "lazy"; }
              public Secret resolve(Request request) {
                try (var in = Lazy.class.getResourceAsStream("/version.txt")) {
                  return Secret.of(Later.text() + " " + new String(in.readAllBytes()));
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }
            }
            """;

    private static final SecretSource.Request REQUEST = new SecretSource.Request() {
        @Override
        public String reference() {
            return "";
        }

        @Override
        public Options options() {
            return Options.none();
        }

        @Override
        public ProviderContext context() {
            throw new UnsupportedOperationException();
        }
    };

    @TempDir
    Path folder;

    @Test
    void aJarThatIsReplacedAndDeletedWhileInUseGoesOnAsItWas() throws IOException {
        Path jar = folder.resolve("lazy.jar");
        version("one").writeTo(jar);
        try (LoadedPlugins first = load()) {
            version("two").writeTo(jar);
            try (LoadedPlugins second = load()) {
                Files.delete(jar);

                assertThat(answer(first)).isEqualTo("later one");
                assertThat(answer(second)).isEqualTo("later two");
            }
        }
        assertThat(load().outcomes()).isEmpty();
    }

    @Test
    void aJarThatIsOverwrittenInPlaceGoesOnAsItWas() throws IOException {
        Path jar = version("one").writeTo(folder.resolve("lazy.jar"));
        try (LoadedPlugins loaded = load()) {
            Files.write(jar, new byte[(int) Files.size(jar)]);

            assertThat(answer(loaded)).isEqualTo("later one");
        }
    }

    @Test
    void copiesAreForTheirOwnerOnlyAndNamedAfterTheirContent() throws IOException {
        version("one").writeTo(folder.resolve("lazy.jar"));
        Files.createDirectory(
                folder.resolve(".cache"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        try (LoadedPlugins loaded = load()) {
            String digest = loaded.outcomes().get(0).origin().sha256().orElseThrow();
            Path cache = folder.resolve(".cache");
            assertThat(files(cache)).containsExactly(cache.resolve(digest + ".jar"));
            assertThat(permissions(cache)).isEqualTo("rwx------");
            assertThat(permissions(cache.resolve(digest + ".jar"))).isEqualTo("rw-------");
        }
    }

    @Test
    void aCopyThatWasTamperedWithIsMadeAgain() throws IOException {
        version("one").writeTo(folder.resolve("lazy.jar"));
        load().close();
        Path copy = files(folder.resolve(".cache")).get(0);
        version("evil").writeTo(copy);

        try (LoadedPlugins loaded = load()) {
            assertThat(answer(loaded)).isEqualTo("later one");
        }
    }

    @Test
    void copiesThatNobodyLoadedForAWeekAreDeletedAndOthersKept() throws IOException {
        Path cache = folder.resolve(".cache");
        Path jar = version("one").writeTo(folder.resolve("lazy.jar"));
        load().close();
        Path old = files(cache).get(0);
        version("two").writeTo(jar);
        load().close();
        assertThat(files(cache)).hasSize(2);

        for (Path copy : files(cache)) {
            Files.setLastModifiedTime(copy, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        }
        load().close();

        assertThat(files(cache)).hasSize(1).doesNotContain(old);
    }

    @Test
    void whereNoCopyCanBeKeptATemporaryOneServes() throws IOException {
        version("one").writeTo(folder.resolve("lazy.jar"));
        Path notAFolder = Files.createFile(folder.resolve("file"));

        LoadedPlugins loaded = PluginLoader.builder()
                .withoutDiscovery()
                .directory(folder)
                .cache(notAFolder.resolve("cache"))
                .build()
                .load();

        assertThat(answer(loaded)).isEqualTo("later one");
        loaded.close();
    }

    @Test
    void aJarOnItsOwnLeavesNothingBesideIt() throws IOException {
        Path jar = version("one").writeTo(folder.resolve("lazy.jar"));

        try (LoadedPlugins loaded =
                PluginLoader.builder().withoutDiscovery().jar(jar).build().load()) {
            assertThat(answer(loaded)).isEqualTo("later one");
        }

        assertThat(files(folder)).containsExactly(jar);
    }

    private LoadedPlugins load() {
        return PluginLoader.builder()
                .withoutDiscovery()
                .directory(folder)
                .build()
                .load();
    }

    private static PluginJar version(String text) {
        return PluginJar.forThisHost()
                .plugin("lazy", "public List<SecretSource> secretSources() { return List.of(new Lazy()); }")
                .source("Lazy", SOURCE)
                .source("Later", "class Later { static String text() { return \"later\"; } }")
                .entry("version.txt", text);
    }

    private static String answer(LoadedPlugins loaded) {
        return loaded.plugins().get(0).secretSources().get(0).resolve(REQUEST).reveal();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
