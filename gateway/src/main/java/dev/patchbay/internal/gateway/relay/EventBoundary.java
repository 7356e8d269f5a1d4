package dev.patchbay.internal.gateway.relay;

import io.vertx.core.buffer.Buffer;

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
        for (int i = to - 1; i > from; i--) {
            byte b = bytes.getByte(i);
            if ((b == '\n' && endsLine(bytes, i - 1)) || (b == '\r' && bytes.getByte(i - 1) == '\r')) {
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
