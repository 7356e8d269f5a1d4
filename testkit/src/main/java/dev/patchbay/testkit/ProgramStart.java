package dev.patchbay.testkit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * How a program of this class path is started in a JVM of its own. Where the system property {@code program.training} names a
 * main class and its arguments, an archive of the classes that this run loads is made on first use, which halves what each later
 * start costs (JEP 350). No archive takes classes from folders, so these are packed into jars for it.
 */
final class ProgramStart {

    private static final Path FOLDER = Path.of("target", "program-start").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static @Nullable List<String> words;

    private ProgramStart() {}

    /** The words of the command up to the main class. */
    static synchronized List<String> words() {
        if (words == null) {
            String training = System.getProperty("program.training", "");
            words = training.isBlank() ? plain(System.getProperty("java.class.path", "")) : archived(training);
        }
        return words;
    }

    private static List<String> plain(String classPath) {
        return List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // As the launcher allows it: a newer JDK warns of native libraries otherwise.
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath);
    }

    private static List<String> archived(String training) {
        try {
            Files.createDirectories(FOLDER);
            // Of several JVMs that run tests one makes it, and the others wait: an archive is of no use beside jars
            // that were made again.
            try (FileChannel one = FileChannel.open(FOLDER.resolve("lock"), CREATE, WRITE)) {
                one.lock();
                String classPath = packed();
                Path archive = FOLDER.resolve(System.getProperty("java.runtime.version") + "-"
                        + Integer.toHexString((plain("") + training + stamps(classPath)).hashCode()) + ".jsa");
                if (Files.exists(archive) || make(archive, classPath, training)) {
                    return with(plain(classPath), "-Xlog:disable", "-XX:SharedArchiveFile=" + archive);
                }
                return plain(classPath);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean make(Path archive, String classPath, String training) throws IOException {
        Path folder = Files.createTempDirectory(FOLDER, "part");
        Path part = folder.resolve("archive");
        List<String> command = new ArrayList<>(with(
                plain(classPath), "-Xlog:disable", "-Djava.io.tmpdir=" + folder, "-XX:ArchiveClassesAtExit=" + part));
        command.addAll(List.of(training.split(" ")));
        ProcessOutcome outcome = ChildProcess.of(command).run(LIMIT);
        if (outcome.exitCode() != 0 || !Files.exists(part)) {
            // A JDK may have been built without archives; programs only start more slowly then.
            System.err.println("no archive for the programs of tests: " + outcome);
            return false;
        }
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
        delete(folder);
        return true;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static List<String> with(List<String> command, String... options) {
        List<String> more = new ArrayList<>(command);
        more.addAll(1, List.of(options));
        return List.copyOf(more);
    }

    private static String packed() {
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .map(Path::of)
                .map(entry -> Files.isDirectory(entry) ? pack(entry) : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Its name tells what it holds: it is packed anew where something changed. */
    private static Path pack(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            String stamp = Integer.toHexString(files.stream()
                    .map(ProgramStart::stamp)
                    .collect(Collectors.joining())
                    .hashCode());
            Path jar = FOLDER.resolve(folder.getFileName() + "-" + stamp + ".jar");
            if (!Files.exists(jar)) {
                Path part = Files.createTempFile(FOLDER, "part", ".jar");
                write(part, folder, files);
                Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path jar, Path folder, List<Path> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(1);
            for (Path file : files) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, zip);
            }
        }
    }

    private static String stamps(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .map(ProgramStart::stamp)
                .collect(Collectors.joining());
    }

    private static String stamp(Path file) {
        try {
            return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
