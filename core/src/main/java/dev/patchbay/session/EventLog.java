package dev.patchbay.session;

import java.time.Instant;
import java.util.List;

/** What happened in the sessions of a store, each event with its position in one order. Safe for use by several threads. */
public interface EventLog {

    /**
     * An event and its position.
     *
     * @param position greater than that of every event before it, in whatever session or process; never used again
     * @param at when it was stored
     * @param runId that of its session
     */
    record Entry(long position, Instant at, String runId, SessionEvent event) {}

    /**
     * The events after a position, oldest first: fewer than asked for where they are large, and none only where there are none.
     *
     * @param position that of an event, or 0 for the oldest that is kept
     * @param limit the most events to give, at least 1
     */
    List<Entry> after(long position, int limit);

    /** The position of the oldest event that is kept; 0 if there is none. */
    long first();

    /** The position of the newest event; 0 if there has been none. */
    long last();
}
