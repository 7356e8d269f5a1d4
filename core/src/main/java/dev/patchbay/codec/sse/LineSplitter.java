package dev.patchbay.codec.sse;

import java.util.Arrays;

/**
 * Cuts bytes into lines at LF or CRLF, however they were cut when they were read.
 *
 * <p>Lines are given as bytes, so that a code point that spans two reads is whole again. They may be of any length. Used
 * by one thread.
 */
final class LineSplitter {

    private static final int FIRST_SIZE = 1024;

    private final LineSink sink;
    private byte[] partial = new byte[0];
    private int partialLength;

    LineSplitter(LineSink sink) {
        this.sink = sink;
    }

    /** Takes one line, without its end; the bytes are only valid during the call. */
    interface LineSink {
        void line(byte[] bytes, int offset, int length);
    }

    void feed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int start = offset;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                complete(bytes, start, i - start);
                start = i + 1;
            }
        }
        keep(bytes, start, end - start);
    }

    /** Gives the last line, if it has no end. */
    void end() {
        if (partialLength > 0) {
            complete(partial, 0, 0);
        }
    }

    private void complete(byte[] bytes, int offset, int length) {
        if (partialLength == 0) {
            give(bytes, offset, length);
            return;
        }
        keep(bytes, offset, length);
        int whole = partialLength;
        partialLength = 0;
        give(partial, 0, whole);
    }

    private void give(byte[] bytes, int offset, int length) {
        boolean carriageReturn = length > 0 && bytes[offset + length - 1] == '\r';
        sink.line(bytes, offset, carriageReturn ? length - 1 : length);
    }

    private void keep(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        int needed = partialLength + length;
        if (needed > partial.length) {
            partial = Arrays.copyOf(partial, Math.max(needed, Math.max(FIRST_SIZE, partial.length * 2)));
        }
        System.arraycopy(bytes, offset, partial, partialLength, length);
        partialLength = needed;
    }
}
