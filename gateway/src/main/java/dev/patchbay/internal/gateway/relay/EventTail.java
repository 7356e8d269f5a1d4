package dev.patchbay.internal.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.codec.sse.JsonExtent;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how an event stream ends, however its events came. What it tells are whole events: the name of one whose data never
 * came, or came half, says nothing (dialects.md, S11). Used on one event loop.
 */
final class EventTail {

    /** The end of a chat stream has up to three events: finish, usage, marker; and there may be a comment. */
    private static final int EVENTS = 4;

    /** So much of the begin and of the end is remembered of what is long. */
    private static final int PART = 8 * 1024;

    private static final Buffer EMPTY = Buffer.buffer(0);

    /** @param known whether it is known to be whole, since its middle is gone */
    private record Part(Buffer events, boolean known) {}

    private final ArrayDeque<Part> last = new ArrayDeque<>(EVENTS + 1);
    private final JsonExtent extent = new JsonExtent();
    private boolean empty = true;
    private @Nullable Buffer longBegin;

    /** The end of the pieces that came so far: what an event ends with may stand in two of them. */
    private Buffer longEnd = EMPTY;

    /**
     * Takes what was passed on.
     *
     * @param whole whether it ends with the end of an event; of one that comes in pieces the first says what it is
     */
    void add(Buffer events, boolean whole) {
        empty = false;
        if (longBegin != null || !whole) {
            piece(events, whole);
            return;
        }
        if (events.length() <= 2 * PART) {
            remember(events, false);
            return;
        }
        Buffer ends = events.getBuffer(startOfLast(events, EVENTS), events.length());
        if (ends.length() <= 2 * PART) {
            remember(ends, false);
            return;
        }
        extent.reset();
        if (isWhole(ends.slice(startOfLast(ends, 1), ends.length()))) {
            remember(shortened(ends), true);
        }
    }

    private void piece(Buffer piece, boolean last) {
        if (longBegin == null) {
            extent.reset();
            longBegin = piece.getBuffer(0, Math.min(PART, piece.length()));
        }
        boolean whole = isWhole(piece);
        Buffer end = longEnd.copy().appendBuffer(piece);
        if (!last) {
            longEnd = end.getBuffer(Math.max(0, end.length() - PART), end.length());
            return;
        }
        if (whole) {
            remember(longBegin, true);
            remember(shortened(end), true);
        }
        longBegin = null;
        longEnd = EMPTY;
    }

    private boolean isWhole(Buffer more) {
        byte[] bytes = more.getBytes();
        extent.take(bytes, 0, bytes.length);
        return extent.isWhole();
    }

    private void remember(Buffer events, boolean known) {
        last.addLast(new Part(events, known));
        if (last.size() > EVENTS) {
            last.removeFirst();
        }
    }

    /** What the event is stands at its begin, and why an answer ended at its end. */
    private static Buffer shortened(Buffer events) {
        int length = events.length();
        return length <= 2 * PART
                ? events
                : events.getBuffer(0, PART).appendBuffer(events.getBuffer(length - PART, length));
    }

    /** Whether of an event that came in pieces, {@code rest} the last of them, nothing is missing but its end. */
    boolean isWholeWith(Buffer rest) {
        return longBegin != null && extent.isWholeWith(rest.getBytes());
    }

    boolean isEmpty() {
        return empty;
    }

    /** The last events, and what came behind them. To search all of a burst would take longer than to pass it on. */
    String text(Buffer rest) {
        String text = whole(rest.toString(UTF_8));
        int wanted = EVENTS;
        for (Iterator<Part> newest = last.descendingIterator(); newest.hasNext() && wanted > 0; ) {
            Part part = newest.next();
            Buffer events = part.events;
            int start = events.length();
            do {
                start = startOfLast(events.slice(0, start), 1);
                wanted--;
            } while (start > 0 && wanted > 0);
            String more = events.getString(start, events.length());
            text = (part.known ? more : whole(more)) + text;
        }
        return text;
    }

    private static int startOfLast(Buffer events, int wanted) {
        int start = events.length();
        for (int i = 0; i < wanted && start > 0; i++) {
            start = Math.max(0, EventBoundary.lastIn(events, 0, start - 1));
        }
        return start;
    }

    /** The lines of events up to the last whole data of each; some servers put more than one into an event. */
    private static String whole(String events) {
        StringBuilder known = new StringBuilder();
        StringBuilder open = new StringBuilder();
        JsonExtent data = new JsonExtent();
        for (String line : (Iterable<String>) events.lines()::iterator) {
            if (line.isEmpty()) {
                known.append(open.isEmpty() ? "\n" : "");
                open.setLength(0);
                data.reset();
                continue;
            }
            byte[] bytes = line.getBytes(UTF_8);
            data.take(bytes, 0, bytes.length);
            open.append(line).append('\n');
            if (data.isWhole()) {
                known.append(open);
                open.setLength(0);
            }
        }
        return known.toString();
    }
}
