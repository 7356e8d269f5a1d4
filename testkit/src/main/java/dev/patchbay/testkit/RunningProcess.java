package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ChildProcess} that was started. Safe for use by several threads. */
public final class RunningProcess implements AutoCloseable {

    /** For pipes that a grandchild keeps open after the process has ended. */
    private static final Duration FOR_THE_REST = Duration.ofSeconds(5);

    private final Process process;
    private final Captured stdout;
    private final Captured stderr;

    RunningProcess(Process process, String stdin) {
        this.process = process;
        this.stdout = new Captured("stdout-" + process.pid(), process.getInputStream());
        this.stderr = new Captured("stderr-" + process.pid(), process.getErrorStream());
        DaemonThread.of("stdin-" + process.pid(), () -> feed(stdin)).start();
    }

    private void feed(String text) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            return; // a program need not read its input
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it wrote to standard output so far. */
    public String stdout() {
        return stdout.text();
    }

    /** What it wrote to standard error so far. */
    public String stderr() {
        return stderr.text();
    }

    /**
     * Waits until standard output holds a text.
     *
     * @throws AssertionError if it does not in time, or the process has ended without
     */
    public void awaitStdout(String part, Duration timeout) {
        await(stdout, part, timeout);
    }

    /** The same for standard error. */
    public void awaitStderr(String part, Duration timeout) {
        await(stderr, part, timeout);
    }

    private void await(Captured output, String part, Duration timeout) {
        if (!UninterruptedWait.uninterrupted(() -> output.await(part, timeout))) {
            throw new AssertionError("\"" + part + "\" did not come within " + timeout + state());
        }
    }

    /**
     * Sends a signal to the process alone, as {@code kill} does.
     *
     * @param name such as {@code INT}, {@code TERM}, {@code KILL}
     */
    public void signal(String name) {
        ProcessOutcome outcome =
                ChildProcess.of("kill", "-" + name, Long.toString(pid())).run(Duration.ofSeconds(10));
        if (outcome.exitCode() != 0) {
            throw new AssertionError("kill -" + name + " failed: " + outcome.stderr());
        }
    }

    /**
     * Waits for the end.
     *
     * @throws AssertionError if it does not come in time, with the output so far
     */
    public ProcessOutcome await(Duration timeout) {
        return UninterruptedWait.uninterrupted(() -> {
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("the process did not end within " + timeout + state());
            }
            stdout.awaitEnd(FOR_THE_REST);
            stderr.awaitEnd(FOR_THE_REST);
            return new ProcessOutcome(process.exitValue(), stdout(), stderr());
        });
    }

    private String state() {
        return "\nstdout: " + stdout() + "\nstderr: " + stderr();
    }

    /** Kills the process and everything it started, if it still runs. Idempotent. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        // First: a shell that waits for what it started would see that end, and end by itself.
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
