package dev.patchbay.daemon.event;

import java.util.Optional;
import java.util.Set;

/**
 * What a subscriber wants to hear; an empty set takes everything.
 *
 * @param types of events
 * @param sessions by their ids
 * @param runs by their ids
 * @param brief whether it is told that something happened, and fetches what; pieces of text come whole
 */
public record EventFilter(Set<String> types, Set<String> sessions, Set<String> runs, boolean brief) {

    /** Everything in brief, as the page wants it, with what is told to it alone. */
    public static final EventFilter PAGE = new EventFilter(Set.of(), Set.of(), Set.of(), true);

    /** The types that there are. */
    public static final Set<String> TYPES = Set.of(
            "session_status_changed",
            "conversation_updated",
            "conversation_delta",
            "session_settings_changed",
            "provider_changed");

    public EventFilter {
        types = Set.copyOf(types);
        sessions = Set.copyOf(sessions);
        runs = Set.copyOf(runs);
    }

    /** Whether that is every frame that is told to all, as it is. */
    boolean takesAll() {
        return !brief && types.isEmpty() && sessions.isEmpty() && runs.isEmpty();
    }

    /** The one session that it is about; empty where it may be several. */
    Optional<String> session() {
        return sessions.size() == 1 ? sessions.stream().findFirst() : Optional.empty();
    }

    boolean takes(Frame frame) {
        return (brief || !frame.isForPages())
                && (types.isEmpty() || types.contains(frame.type()))
                && (sessions.isEmpty() || sessions.contains(frame.sessionId()))
                && (runs.isEmpty() || runs.contains(frame.runId()));
    }
}
