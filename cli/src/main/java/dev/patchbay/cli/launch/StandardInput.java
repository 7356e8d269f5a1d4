package dev.patchbay.cli.launch;

import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** All of standard input, or of a pipe. The wait for its end is never silent: whoever writes may have forgotten to close it. */
final class StandardInput {

    private static final long NOTICE_MILLIS = 1_000;
    private static final int PIECE = 64 * 1024;

    private final Terminal terminal;
    private final String name;
    private volatile long lastData = System.nanoTime();

    private StandardInput(Terminal terminal, String name) {
        this.terminal = terminal;
        this.name = name;
    }

    /**
     * Reads until the end.
     *
     * @param way out of the wait, for whoever does not mean to give any input
     * @return empty if standard input is closed
     * @throws UsageException if it is larger than 20 MB
     */
    static Optional<byte[]> read(Terminal terminal, String way) {
        try {
            return Optional.of(new StandardInput(terminal, "standard input").read(terminal.in(), way));
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    /**
     * Reads a pipe until its end.
     *
     * @throws IOException if it cannot be read
     * @throws UsageException if it holds more than 20 MB
     */
    static byte[] read(Path pipe, Terminal terminal) throws IOException {
        try (InputStream in = Files.newInputStream(pipe)) {
            return new StandardInput(terminal, pipe.toString()).read(in, "it is attached then");
        }
    }

    private byte[] read(InputStream in, String way) throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread notice = new Thread(() -> tell(way, ended), "standard-input-notice");
        notice.setDaemon(true);
        notice.start();
        try {
            return all(in);
        } finally {
            ended.countDown();
        }
    }

    private byte[] all(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        int count = in.read(piece);
        while (count >= 0) {
            lastData = System.nanoTime();
            all.write(piece, 0, count);
            if (all.size() > Attachment.MOST_BYTES) {
                throw new UsageException(name + " holds more than 20 MB");
            }
            count = in.read(piece);
        }
        return all.toByteArray();
    }

    /** Says once that data is waited for, after the first second without any. */
    private void tell(String way, CountDownLatch ended) {
        try {
            long left = NOTICE_MILLIS;
            while (left > 0) {
                if (ended.await(left, TimeUnit.MILLISECONDS)) {
                    return;
                }
                left = NOTICE_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastData);
            }
            terminal.err().println("patchbay: waiting for the end of " + name + "; " + way);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
