package dev.patchbay.codec.sse;

import java.util.Arrays;

/**
 * Cuts bytes into lines at LF, CRLF or CR, however they were cut when they were read.
 *
 * <p>Lines are given as bytes, so that a code point that spans two reads is whole again. None is longer than an
 * event may be. Used by one thread.
 */
final class LineSplitter {

    private static final int FIRST_SIZE = 1024;
    private static final int NONE = -2;

    private final LineSink sink;
    private byte[] partial = new byte[0];
    private int partialLength;
    private boolean endedInReturn;

    LineSplitter(LineSink sink) {
        this.sink = sink;
    }

    /** Takes one line, without its end; the bytes are only valid during the call. */
    interface LineSink {
        void line(byte[] bytes, int offset, int length);
    }

    /** Takes bytes; a line feed behind a carriage return belongs to it, also where one came in the piece before. */
    void feed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int start = offset;
        int lastReturn = endedInReturn ? offset - 1 : NONE;
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            if (b > '\r') {
                continue;
            }
            if (b == '\n' && lastReturn == i - 1) {
                start = i + 1;
            } else if (b == '\n' || b == '\r') {
                complete(bytes, start, i - start);
                start = i + 1;
                lastReturn = b == '\r' ? i : lastReturn;
            }
        }
        if (length > 0) {
            endedInReturn = lastReturn == end - 1;
        }
        keep(bytes, start, end - start);
    }

    /** How many bytes of an unfinished line are held. */
    int held() {
        return partialLength;
    }

    /** Gives the last line, if it has no end. */
    void end() {
        if (partialLength > 0) {
            complete(partial, 0, 0);
        }
    }

    private void complete(byte[] bytes, int offset, int length) {
        if (partialLength == 0) {
            sink.line(bytes, offset, length);
            return;
        }
        keep(bytes, offset, length);
        int whole = partialLength;
        partialLength = 0;
        sink.line(partial, 0, whole);
    }

    private void keep(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        int needed = SseParser.checkedLength(partialLength + (long) length);
        if (needed > partial.length) {
            partial = Arrays.copyOf(partial, Math.max(needed, Math.max(FIRST_SIZE, partial.length * 2)));
        }
        System.arraycopy(bytes, offset, partial, partialLength, length);
        partialLength = needed;
    }
}
