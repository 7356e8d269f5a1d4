package dev.patchbay.internal.gateway.relay;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Splits an event stream that passes through into whole events and a rest, so that something may be added at any time: a
 * reader can do nothing with half an event anyway. Used on one event loop.
 */
final class EventBoundary {

    /** An event that is longer is passed on in pieces. */
    private static final int LONGEST_HELD = 64 * 1024;

    private static final Buffer EMPTY = Buffer.buffer(0);

    private Buffer rest = EMPTY;
    private boolean insideLongEvent;

    /** Takes what was read. What it gives out is not changed any more. */
    Buffer take(Buffer more) {
        int known = rest.length();
        Buffer all = known == 0 ? more : rest.appendBuffer(more);
        int end = lastIn(all, Math.max(0, known - 3), all.length());
        if (end < 0 && all.length() > LONGEST_HELD) {
            insideLongEvent = true;
            rest = EMPTY;
            return all;
        }
        if (end < 0) {
            rest = known == 0 ? own(more, 0) : rest;
            return EMPTY;
        }
        insideLongEvent = false;
        rest = end == all.length() ? EMPTY : own(all, end);
        return end == all.length() ? all : all.slice(0, end);
    }

    /** A copy that grows by doubling, so that an event in tiny pieces costs no more than one in large ones. */
    private static Buffer own(Buffer bytes, int from) {
        int length = bytes.length() - from;
        return Buffer.buffer(Math.max(256, length * 2)).appendBuffer(bytes, from, length);
    }

    /** What is not whole yet. */
    Buffer rest() {
        return rest;
    }

    /** Whether an event may be added behind what was given out. */
    boolean isOpen() {
        return !insideLongEvent;
    }

    /** Where the last event between two positions ends; -1 if none does. */
    static int lastIn(Buffer bytes, int from, int to) {
        ByteBuf read = ((BufferInternal) bytes).getByteBuf();
        int i = to;
        while (i > from + 1) {
            i = read.forEachByteDesc(from + 1, i - from - 1, ByteProcessor.FIND_CRLF);
            if (i < 0) {
                return -1;
            }
            boolean ends = bytes.getByte(i) == '\n' ? endsLine(bytes, i - 1) : bytes.getByte(i - 1) == '\r';
            if (ends) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Whether the line before ends here, with LF or CR LF. */
    private static boolean endsLine(Buffer bytes, int at) {
        byte last = bytes.getByte(at);
        return last == '\n' || (last == '\r' && at > 0 && bytes.getByte(at - 1) == '\n');
    }
}
