package dev.patchbay.internal.http.socket;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What comes over a connection, line by line or as bytes. Used by one thread at a time. */
final class ConnectionInput {

    /** So much is read at once, at most. */
    static final int SIZE = 16 * 1024;

    /** Of a long body so much is written at once, so that it can be seen whether it moves on. */
    private static final int WRITTEN_AT_ONCE = 64 * 1024;

    private final byte[] buffer = new byte[SIZE];
    private Source source;
    private int position;
    private int limit;
    private boolean sawSomething;
    private volatile long written;

    ConnectionInput(Source source) {
        this.source = source;
    }

    /** Where bytes come from. */
    interface Source {

        /** As {@link java.io.InputStream#read(byte[], int, int)}. */
        int read(byte[] target, int offset, int length) throws IOException;
    }

    /** Goes on from another source, such as the same connection with TLS on it. */
    void from(Source other) {
        this.source = other;
    }

    /** A new answer is waited for. */
    void begin() {
        sawSomething = false;
    }

    /** Whether anything came since {@link #begin}. */
    boolean sawSomething() {
        return sawSomething;
    }

    /** How many bytes came that nobody has read. */
    int buffered() {
        return limit - position;
    }

    /** Whether a whole line came that nobody has read. */
    boolean hasLine() {
        for (int i = position; i < limit; i++) {
            if (buffer[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** As {@link java.io.InputStream#read(byte[], int, int)}. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (position == limit && !fill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    /**
     * The next byte.
     *
     * @throws EOFException if there is none
     */
    int next() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException("the connection ended inside an answer");
        }
        return buffer[position++] & 0xff;
    }

    /**
     * The next line without its end, one character for each byte.
     *
     * @throws EOFException if there is none, or no end to it
     * @throws ProtocolException if it is longer
     */
    String line(int longest) throws IOException {
        return line(longest, () -> new ProtocolException("a line of the answer is longer than " + longest + " bytes"));
    }

    /** @param tooLong what is thrown instead */
    String line(int longest, Supplier<ProtocolException> tooLong) throws IOException {
        String begin = "";
        while (true) {
            for (int i = position; i < limit; i++) {
                if (buffer[i] == '\n') {
                    String line = begin + text(i);
                    position = i + 1;
                    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
                }
            }
            begin += text(limit);
            position = limit;
            if (begin.length() > longest) {
                throw tooLong.get();
            }
            if (!fill()) {
                throw new EOFException("the connection ended inside the head of an answer");
            }
        }
    }

    /** Writes with the room of the buffer, where nothing waits to be read: what is sent together wakes the other side once. */
    void write(byte[] head, byte[] body, OutputStream out) throws IOException {
        if (limit > position || head.length > SIZE) {
            out.write(head);
            write(body, 0, out);
            return;
        }
        int first = Math.min(body.length, SIZE - head.length);
        System.arraycopy(head, 0, buffer, 0, head.length);
        System.arraycopy(body, 0, buffer, head.length, first);
        out.write(buffer, 0, head.length + first);
        write(body, first, out);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes, another looks.
    private void write(byte[] body, int from, OutputStream out) throws IOException {
        for (int at = from; at < body.length; at += WRITTEN_AT_ONCE) {
            out.write(body, at, Math.min(WRITTEN_AT_ONCE, body.length - at));
            written++;
        }
    }

    /** Changes as long as what is written gets away; may be asked from any thread. */
    long written() {
        return written;
    }

    private String text(int end) {
        return new String(buffer, position, end - position, StandardCharsets.ISO_8859_1);
    }

    private boolean fill() throws IOException {
        int count = source.read(buffer, 0, SIZE);
        position = 0;
        limit = Math.max(count, 0);
        sawSomething |= count > 0;
        return count > 0;
    }
}
