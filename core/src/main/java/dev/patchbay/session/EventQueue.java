package dev.patchbay.session;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events that wait for one listener, in order. Pieces of text that wait behind others are joined, so that what waits is at
 * most the text of the session once more, however long nobody takes it. Not safe for use by several threads.
 */
final class EventQueue {

    /** From so many events on that wait, pieces of text are joined. */
    private static final int JOINED_FROM = 64;

    /** About what an event takes beside its text, in bytes. */
    private static final int EVENT_BYTES = 128;

    private final ArrayDeque<Supplier<SessionEvent>> waiting = new ArrayDeque<>();
    private @Nullable JoinedText last;
    private long bytes;

    void add(SessionEvent event) {
        Optional<String> text = JoinedText.textOf(event);
        bytes += text.map(String::length).orElse(0);
        if (waiting.size() >= JOINED_FROM && text.isPresent()) {
            if (last == null || !last.takes(event)) {
                last = new JoinedText(event);
                enqueue(last);
            }
            last.append(text.get());
            return;
        }
        last = null;
        enqueue(() -> event);
    }

    Optional<SessionEvent> poll() {
        Supplier<SessionEvent> next = waiting.poll();
        if (next == null) {
            return Optional.empty();
        }
        if (next == last) {
            last = null;
        }
        SessionEvent event = next.get();
        bytes -= EVENT_BYTES + JoinedText.textOf(event).map(String::length).orElse(0);
        return Optional.of(event);
    }

    void clear() {
        waiting.clear();
        last = null;
        bytes = 0;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** About how much memory it takes that these events wait. */
    long bytes() {
        return bytes;
    }

    private void enqueue(Supplier<SessionEvent> event) {
        bytes += EVENT_BYTES;
        waiting.add(event);
    }

    /** Pieces of text or of thinking that became one. */
    private static final class JoinedText implements Supplier<SessionEvent> {

        private final boolean thinking;
        private final String sessionId;
        private final StringBuilder text = new StringBuilder();

        JoinedText(SessionEvent first) {
            this.thinking = first instanceof SessionEvent.ThinkingDelta;
            this.sessionId = first.sessionId();
        }

        static Optional<String> textOf(SessionEvent event) {
            if (event instanceof SessionEvent.TextDelta delta) {
                return Optional.of(delta.text());
            }
            return event instanceof SessionEvent.ThinkingDelta delta ? Optional.of(delta.text()) : Optional.empty();
        }

        boolean takes(SessionEvent event) {
            return thinking == event instanceof SessionEvent.ThinkingDelta;
        }

        void append(String more) {
            text.append(more);
        }

        @Override
        public SessionEvent get() {
            return thinking
                    ? new SessionEvent.ThinkingDelta(sessionId, text.toString())
                    : new SessionEvent.TextDelta(sessionId, text.toString());
        }
    }
}
