package dev.patchbay.internal.config.secret;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program without a shell and takes what it prints. It inherits the environment and is given no input; the end of its
 * standard error is told where it fails.
 */
final class CommandRun {

    private static final int MAX_BYTES = 64 * 1024;
    private static final long POLL_MILLIS = 5;

    private final List<String> argv;
    private final Duration timeout;

    CommandRun(List<String> argv, Duration timeout) {
        this.argv = List.copyOf(argv);
        this.timeout = timeout;
    }

    /**
     * What the program printed to its standard output.
     *
     * @throws CommandFailure if it cannot be started, exits with another status than 0, prints more than 64 KiB or runs too
     *     long; it is ended then, with everything that it started
     */
    String run() throws CommandFailure, InterruptedException {
        Process process = start();
        ErrorTail errors = new ErrorTail(process.getErrorStream(), argv);
        try {
            process.getOutputStream().close();
            byte[] printed = output(process, errors);
            int status = process.exitValue();
            if (status != 0) {
                throw new CommandFailure("exited with status " + status, "run it by hand to see why")
                        .saying(errors.lines(printed));
            }
            return new String(printed, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure("could not be read", "run it by hand to see why");
        } finally {
            end(process);
        }
    }

    private Process start() throws CommandFailure {
        try {
            return new ProcessBuilder(argv).start();
        } catch (IOException e) {
            // Its message quotes the arguments.
            throw new CommandFailure("cannot be started", "check that it is on the PATH and may be executed");
        }
    }

    /** Reads only what is there: a process that the program leaves behind may keep its end of the pipe open for good. */
    private byte[] output(Process process, ErrorTail errors) throws CommandFailure, InterruptedException, IOException {
        long end = System.nanoTime() + timeout.toNanos();
        InputStream out = process.getInputStream();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            drain(out, printed);
            errors.drain();
            if (System.nanoTime() - end > 0) {
                throw new CommandFailure(
                                "was not done after " + timeout.toMillis() + " ms and was ended",
                                "give it more time with timeout, or see what it waits for")
                        .saying(errors.lines(printed.toByteArray()));
            }
        }
        drain(out, printed);
        errors.drain();
        return printed.toByteArray();
    }

    private static void drain(InputStream out, ByteArrayOutputStream printed) throws CommandFailure, IOException {
        for (int there = out.available(); there > 0; there = out.available()) {
            printed.write(out.readNBytes(there));
            if (printed.size() > MAX_BYTES) {
                throw new CommandFailure("printed more than 64 KiB", "it has to print the key and nothing else");
            }
        }
    }

    private static void end(Process process) {
        if (process.isAlive()) {
            // Those that it started first: once it is gone they cannot be found.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
