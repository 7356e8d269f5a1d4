package dev.patchbay.daemon.client;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** {@link DaemonMain} as a process, with providers of the test's own. */
final class DaemonProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

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
    static DaemonProcess start(Path home, String providers, Map<String, String> environment, String... origins) {
        try {
            Files.createDirectories(home.resolve("providers"));
            Files.writeString(home.resolve("providers/test.yaml"), providers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] arguments =
                Stream.concat(Stream.of(home.toString()), Stream.of(origins)).toArray(String[]::new);
        ChildProcess program = ChildProcess.java(DaemonMain.class.getName(), arguments);
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            program = program.env(variable.getKey(), variable.getValue());
        }
        RunningProcess process = program.start();
        process.awaitStdout("\n", LIMIT);
        return new DaemonProcess(home, process);
    }

    URI url() {
        return URI.create(process.stdout().lines().findFirst().orElseThrow());
    }

    long pid() {
        return process.pid();
    }

    Path home() {
        return home;
    }

    String token() {
        try {
            return Files.readString(home.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
