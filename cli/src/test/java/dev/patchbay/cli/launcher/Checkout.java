package dev.patchbay.cli.launcher;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;

/** The sources of this project in a folder of their own, built for real by the launcher, once for all tests of a JVM. */
final class Checkout {

    private static final Path ROOT = Path.of(System.getProperty("patchbay.root"));
    private static final Set<String> LEFT_OUT = Set.of("target", ".git", ".idea", "test");
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

    private static Checkout shared;

    private final Path folder;
    private final Path home;
    private final ProcessOutcome firstUse;

    private Checkout() throws IOException {
        Path parent = Files.createTempDirectory("patchbay");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(parent)));
        folder = parent.resolve("fresh checkout");
        home = Files.createDirectory(parent.resolve("home"));
        copy(ROOT, folder);
        firstUse =
                command("./patchbay", "launch", "Hello", "--provider", "demo").run(BUILD_LIMIT);
    }

    /** The one checkout, built. */
    static synchronized Checkout shared() throws IOException {
        if (shared == null) {
            shared = new Checkout();
        }
        return shared;
    }

    Path folder() {
        return folder;
    }

    /** What the first command of a newcomer printed, build and all. */
    ProcessOutcome firstUse() {
        return firstUse;
    }

    /** A command in the checkout, whose user has a home of his own; the JDK is that of this JVM. */
    ChildProcess command(String... words) {
        String jdk = System.getProperty("java.home");
        return ChildProcess.of(words)
                .in(folder)
                .env("HOME", home.toString())
                .env("PATCHBAY_JAVA_HOME", jdk)
                .env("MAVEN_OPTS", "-Dmaven.repo.local=" + System.getProperty("localRepository"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (LEFT_OUT.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (LEFT_OUT.contains(file.getFileName().toString())) {
                    // A worktree has a file of that name.
                    return FileVisitResult.CONTINUE;
                }
                Path copy = to.resolve(from.relativize(file).toString());
                Files.copy(file, copy);
                copy.toFile().setExecutable(Files.isExecutable(file));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException problem) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
