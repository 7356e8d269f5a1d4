package dev.patchbay.internal.gateway.relay;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Iterator;

/** Remembers how an event stream ends, however its events came. Used on one event loop. */
final class EventTail {

    /** The end of a chat stream has up to three events: finish, usage, marker; and there may be a comment. */
    private static final int EVENTS = 4;

    /** So much of the begin and of the end is remembered of what is long. */
    private static final int PART = 8 * 1024;

    private final ArrayDeque<Buffer> last = new ArrayDeque<>(EVENTS + 1);
    private boolean insideEvent;

    /**
     * Takes what was passed on.
     *
     * @param whole whether it ends with the end of an event; of one that comes in pieces the first says what it is
     */
    void add(Buffer events, boolean whole) {
        if (whole || !insideEvent) {
            last.addLast(shortened(events));
            if (last.size() > EVENTS) {
                last.removeFirst();
            }
        }
        insideEvent = !whole;
    }

    /** What the event is stands at its begin, and why an answer ended at its end. */
    private static Buffer shortened(Buffer events) {
        int length = events.length();
        return length <= 2 * PART
                ? events
                : events.getBuffer(0, PART).appendBuffer(events.getBuffer(length - PART, length));
    }

    boolean isEmpty() {
        return last.isEmpty();
    }

    /** The last events, and what came behind them. To search all of a burst would take longer than to pass it on. */
    String text(Buffer rest) {
        StringBuilder text = new StringBuilder().append(rest);
        int wanted = EVENTS;
        for (Iterator<Buffer> newest = last.descendingIterator(); newest.hasNext() && wanted > 0; ) {
            Buffer events = newest.next();
            int start = events.length();
            do {
                start = Math.max(0, EventBoundary.lastIn(events, 0, start - 1));
                wanted--;
            } while (start > 0 && wanted > 0);
            text.insert(0, events.getString(start, events.length()));
        }
        return text.toString();
    }
}
