package dev.patchbay.internal.http.socket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Reads what a server says while a request is still on its way to it. Under TLS nobody sees from outside whether what has come is an
 * answer, so it is read; whoever waits for the answer goes on with what came. Runs on a thread of its own, since a read waits.
 */
final class EarlyAnswer implements Runnable {

    /** {@code HTTP/1.1 200}: so much says whether an answer is one, or more comes before it. */
    private static final int STATUS = 12;

    private static final int FIRST_DIGIT = 9;

    private final InputStream in;
    private final Runnable answered;
    private final byte[] bytes;
    private final CompletableFuture<Integer> read = new CompletableFuture<>();
    private int taken;

    /**
     * An answer that may come.
     *
     * @param most bytes of it that are kept
     * @param answered called when an answer has begun, other than an interim one, or the connection has ended
     */
    EarlyAnswer(InputStream in, int most, Runnable answered) {
        this.in = in;
        this.bytes = new byte[most];
        this.answered = answered;
    }

    @Override
    public void run() {
        int length = 0;
        try {
            int more;
            do {
                more = in.read(bytes, length, bytes.length - length);
                length += Math.max(more, 0);
            } while (more > 0 && length < bytes.length && !isAnswer(length));
            if (more < 0 || isAnswer(length)) {
                answered.run();
            }
            read.complete(length);
        } catch (IOException broken) {
            answered.run();
            if (length > 0) {
                read.complete(length);
            } else {
                read.completeExceptionally(broken);
            }
        }
    }

    /** Whether all of it was taken. */
    boolean isTaken() {
        return read.isDone() && !read.isCompletedExceptionally() && taken == read.join();
    }

    /**
     * As {@link InputStream#read(byte[], int, int)}; waits.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    int take(byte[] target, int offset, int length) throws IOException, InterruptedException {
        int count;
        try {
            count = Math.min(read.get() - taken, length);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
        }
        if (count == 0) {
            return -1;
        }
        System.arraycopy(bytes, taken, target, offset, count);
        taken += count;
        return count;
    }

    /** Behind interim answers (RFC 9110, section 15.2), which ask nobody to stop. */
    private boolean isAnswer(int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int at = 0;
        while (text.length() - at >= STATUS && text.startsWith("HTTP/1.", at) && text.charAt(at + FIRST_DIGIT) == '1') {
            int end = text.indexOf("\r\n\r\n", at);
            if (end < 0) {
                return false;
            }
            at = end + 4;
        }
        return text.length() - at >= STATUS;
    }
}
