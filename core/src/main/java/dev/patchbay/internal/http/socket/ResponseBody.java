package dev.patchbay.internal.http.socket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** The body of an answer, without its framing. Used by one thread; may be closed by another. */
public final class ResponseBody extends InputStream {

    /** Of a line that says how long a chunk is, with whatever stands behind the number. */
    private static final int LONGEST_LINE = 4096;

    private static final int MOST_DIGITS = 15;

    private final ConnectionInput in;
    private final Connection connection;
    private final boolean persistent;
    private final boolean chunked;
    private final Ending ending;
    private long left;
    private Part next = Part.LENGTH;
    private boolean ended;

    /** What comes next of a body in chunks. */
    private enum Part {
        LENGTH,
        DATA,
        DATA_END,
        TRAILERS
    }

    /** What becomes of the connection. */
    public interface Ending {

        /** Everything came. */
        void completed(boolean reusable);

        /** Nobody wants the rest; from any thread. */
        void closed();
    }

    ResponseBody(Connection connection, ConnectionInput in, ResponseHead head, Ending ending) throws IOException {
        BodyFraming framing = BodyFraming.of(head);
        this.connection = connection;
        this.in = in;
        this.ending = ending;
        this.chunked = framing.chunked();
        this.persistent = head.persistent() && (chunked || framing.length() >= 0);
        this.left = framing.length() < 0 && !chunked ? Long.MAX_VALUE : Math.max(framing.length(), 0);
        if (!chunked && left == 0) {
            complete();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            return chunked ? readChunks(target, offset, length) : readPlain(target, offset, length);
        } catch (IOException e) {
            throw connection.explained(e);
        }
    }

    @Override
    public int available() {
        return ended ? 0 : (int) Math.min(in.buffered(), left);
    }

    @Override
    public void close() {
        ending.closed();
    }

    private int readPlain(byte[] target, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            if (left != Long.MAX_VALUE) {
                throw new EOFException("the connection ended " + left + " bytes before the end of the answer");
            }
            complete();
            return -1;
        }
        if (left != Long.MAX_VALUE) {
            left -= count;
            if (left == 0) {
                complete();
            }
        }
        return count;
    }

    /** As many chunks as have come and have room, so that many small ones cost no more than a large one. */
    private int readChunks(byte[] target, int offset, int length) throws IOException {
        int read = 0;
        while (read < length && !ended && (read == 0 || isNextThere())) {
            if (next == Part.DATA) {
                read += readData(target, offset + read, length - read);
            } else {
                pass();
            }
        }
        return read == 0 && ended ? -1 : read;
    }

    private boolean isNextThere() {
        return next == Part.DATA ? in.buffered() > 0 : in.hasLine();
    }

    private int readData(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the connection ended inside a chunk of the answer");
        }
        left -= count;
        next = left > 0 ? Part.DATA : Part.DATA_END;
        return count;
    }

    /** Passes over what is no data. */
    private void pass() throws IOException {
        switch (next) {
            case DATA_END -> {
                int end = in.next();
                if (end != '\n' && (end != '\r' || in.next() != '\n')) {
                    throw new ProtocolException("a chunk of the answer is longer than it says");
                }
                next = Part.LENGTH;
            }
            case LENGTH -> {
                left = nextLength();
                next = left > 0 ? Part.DATA : Part.TRAILERS;
            }
            default -> {
                ResponseHead.skipTrailers(in);
                complete();
            }
        }
    }

    private long nextLength() throws IOException {
        long length = 0;
        int digits = 0;
        int next = in.next();
        for (int digit = Character.digit(next, 16); digit >= 0; digit = Character.digit(next, 16)) {
            length = 16 * length + digit;
            digits++;
            if (digits > MOST_DIGITS) {
                throw new ProtocolException("a chunk of the answer is longer than anything can be");
            }
            next = in.next();
        }
        if (digits == 0 || " \t;\r\n".indexOf(next) < 0) {
            throw new ProtocolException("a chunk of the answer does not say how long it is");
        }
        for (int passed = 0; next != '\n'; passed++) {
            if (passed > LONGEST_LINE) {
                throw new ProtocolException("a chunk of the answer does not begin");
            }
            next = in.next();
        }
        return length;
    }

    private void complete() {
        ended = true;
        ending.completed(persistent && in.buffered() == 0);
    }
}
