package dev.patchbay.gateway;

import io.vertx.core.buffer.Buffer;

/**
 * Splits an event stream that passes through into whole events and a rest, so that something may be added at any time: a
 * reader can do nothing with half an event anyway. Used on one event loop.
 */
final class EventBoundary {

    /** An event that is longer is passed on in pieces. */
    private static final int LONGEST_HELD = 1 << 20;

    private static final Buffer EMPTY = Buffer.buffer(0);

    private Buffer rest = EMPTY;
    private boolean insideLongEvent;

    /** Takes what was read. */
    Buffer take(Buffer more) {
        Buffer all =
                rest.length() == 0 ? more : Buffer.buffer().appendBuffer(rest).appendBuffer(more);
        int end = lastIn(all, Math.max(0, rest.length() - 3), all.length());
        if (end < 0 && all.length() > LONGEST_HELD) {
            insideLongEvent = true;
            rest = EMPTY;
            return all;
        }
        if (end < 0) {
            rest = all;
            return EMPTY;
        }
        insideLongEvent = false;
        rest = end == all.length() ? EMPTY : all.slice(end, all.length());
        return end == all.length() ? all : all.slice(0, end);
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
            if (bytes.getByte(i) == '\n' && endsLine(bytes, i - 1)) {
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
