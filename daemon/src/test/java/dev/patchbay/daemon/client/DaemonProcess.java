package dev.patchbay.daemon.client;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@link DaemonMain} as a process, with providers of the test's own. */
public final class DaemonProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ADDRESS = "http://";

    private final Path home;
    private final RunningProcess process;

    private DaemonProcess(Path home, RunningProcess process) {
        this.home = home;
        this.process = process;
    }

    /**
     * Starts one; it listens when this returns.
     *
     * @param providers the text of a file of providers
     * @param environment beside what every process needs
     * @param origins of web pages that may use it
     */
    public static DaemonProcess start(Path home, String providers, Map<String, String> environment, String... origins) {
        return start(home, providers, environment, ChildProcess.javaWords(), origins);
    }

    /**
     * One that is compiled as the launcher has it, with both compilers, for what is measured.
     *
     * @param options of its JVM
     */
    public static DaemonProcess measured(Path home, String providers, String... options) {
        List<String> words = new ArrayList<>(ChildProcess.javaWords());
        words.removeIf(word -> word.startsWith("-XX:TieredStopAtLevel"));
        words.addAll(1, List.of(options));
        return start(home, providers, Map.of(), words);
    }

    private static DaemonProcess start(
            Path home, String providers, Map<String, String> environment, List<String> java, String... origins) {
        try {
            Files.createDirectories(home.resolve("providers"));
            Files.writeString(home.resolve("providers/test.yaml"), providers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> words = new ArrayList<>(java);
        words.addAll(List.of(DaemonMain.class.getName(), home.toString()));
        words.addAll(List.of(origins));
        ChildProcess program = ChildProcess.of(words);
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            program = program.env(variable.getKey(), variable.getValue());
        }
        RunningProcess process = program.start();
        process.awaitStdout(ADDRESS, LIMIT);
        process.awaitStdout("\n", LIMIT);
        return new DaemonProcess(home, process);
    }

    public URI url() {
        // A JVM that records a profile says so before.
        return URI.create(process.stdout()
                .lines()
                .filter(line -> line.startsWith(ADDRESS))
                .findFirst()
                .orElseThrow());
    }

    public long pid() {
        return process.pid();
    }

    Path home() {
        return home;
    }

    public String token() {
        try {
            return Files.readString(home.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a crash does; its port is free when this returns. */
    public void kill() {
        process.signal("KILL");
        process.await(LIMIT);
    }

    /** What it wrote to its standard error. */
    String log() {
        return process.stderr();
    }

    @Override
    public void close() {
        process.close();
    }
}
