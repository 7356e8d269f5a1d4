package dev.patchbay.daemon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The TypeScript client as a package, and a folder of somebody who uses it, both below {@code target}. */
final class TypeScriptPackage {

    static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Duration INSTALLATION = Duration.ofMinutes(5);
    private static final Path ROOT = Path.of(System.getProperty("patchbay.root"));
    private static final Path SOURCE = ROOT.resolve("clients/typescript");

    /** Each JVM that runs tests has its own. */
    private static final Path FOLDER = Path.of("target", "typescript", System.getProperty("surefire.forkNumber", "1"))
            .toAbsolutePath();

    private static final Path BUILD = FOLDER.resolve("build");
    private static final Path USER = FOLDER.resolve("user");
    private static final List<String> MADE = List.of("node_modules", "dist");

    private static boolean installed;

    private TypeScriptPackage() {}

    /**
     * Makes the package and installs it for its user. Skips the test where the environment does not ask for tools from elsewhere:
     * the compiler comes from npm.
     */
    static synchronized void install() {
        boolean required = "required".equals(System.getenv("PATCHBAY_EXTERNAL"));
        assumeTrue(
                required, "set PATCHBAY_EXTERNAL=required to test the TypeScript client; its compiler comes from npm");
        if (installed) {
            return;
        }
        try {
            copySources();
            if (!Files.isDirectory(BUILD.resolve("node_modules/typescript"))) {
                npm(BUILD, INSTALLATION, "install", "--loglevel=error");
            }
            npm(BUILD, LIMIT, "run", "build");
            Path packed = Files.createDirectories(USER.resolve("packed"));
            npm(BUILD, LIMIT, "pack", "--ignore-scripts", "--pack-destination", packed.toString());
            Path target = Files.createDirectories(USER.resolve("node_modules/@patchbay/client"));
            try (Stream<Path> archives = Files.list(packed)) {
                String archive = archives.map(Path::toString).findFirst().orElseThrow();
                run(USER, LIMIT, List.of("tar", "-xzf", archive, "-C", target.toString(), "--strip-components=1"));
            }
            installed = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the package. */
    static Path folder() {
        return BUILD;
    }

    /** What stands on its page. */
    static String page() {
        try {
            return Files.readString(SOURCE.resolve("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text as a file in the user's folder. */
    static void write(String name, String text) {
        try {
            Files.writeString(USER.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles files that stand beside the tests; they must be without fault. */
    static void compileResources(String... names) {
        for (String name : names) {
            write(name, resource(name));
        }
        ProcessOutcome compiled = compile(names);
        assertThat(compiled.stdout() + compiled.stderr()).isEmpty();
    }

    /** A file that stands beside the tests. */
    static String resource(String name) {
        try (InputStream in = TypeScriptPackage.class.getResourceAsStream("/client/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles files of the user's folder strictly, to JavaScript beside them. */
    static ProcessOutcome compile(String... files) {
        List<String> command =
                new ArrayList<>(List.of(BUILD.resolve("node_modules/.bin/tsc").toString()));
        command.addAll(List.of("--strict", "--target", "es2022", "--lib", "es2023,dom", "--types", ""));
        command.addAll(List.of("--module", "nodenext", "--exactOptionalPropertyTypes"));
        command.addAll(Arrays.asList(files));
        return ChildProcess.of(command).in(USER).run(LIMIT);
    }

    /** Node with a file of the user's folder. */
    static ChildProcess node(String file, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node", file));
        command.addAll(List.of(arguments));
        return ChildProcess.of(command).in(USER);
    }

    /** Runs npm, which must end well. */
    static ProcessOutcome npm(Path folder, Duration limit, String... arguments) {
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        return run(folder, limit, command);
    }

    private static ProcessOutcome run(Path folder, Duration limit, List<String> command) {
        ProcessOutcome outcome = ChildProcess.of(command).in(folder).run(limit);
        assertThat(outcome.exitCode())
                .as(command + "\n" + outcome.stdout() + outcome.stderr())
                .isZero();
        return outcome;
    }

    private static void copySources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = SOURCE.relativize(file);
                if (!MADE.contains(name.getName(0).toString())) {
                    copy(file, BUILD.resolve(name));
                }
            }
        }
        copy(ROOT.resolve("LICENSE"), BUILD.resolve("LICENSE"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
