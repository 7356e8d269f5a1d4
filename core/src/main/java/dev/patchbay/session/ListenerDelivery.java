package dev.patchbay.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Brings events to a listener. What it throws is logged, and ends nothing. */
final class ListenerDelivery extends EventDelivery {

    private static final Logger LOG = System.getLogger(ListenerDelivery.class.getName());
    private static final long LOG_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Classes of faults are as many as a listener likes to make. */
    private static final int MOST_KINDS = 100;

    private static final Map<String, FaultKind> KINDS = new HashMap<>();

    private final Consumer<SessionEvent> listener;

    ListenerDelivery(Executor threads, ListenerBacklog backlog, Consumer<SessionEvent> listener) {
        super(threads, backlog);
        this.listener = listener;
    }

    @Override
    void begin() {}

    @Override
    boolean isWanted() {
        return true;
    }

    @Override
    void deliver(SessionEvent event) {
        try {
            listener.accept(event);
        } catch (Throwable fault) {
            // A listener is the embedder's: its fault must not end a session that others watch too.
            log(fault);
        }
    }

    @Override
    void complete() {}

    @Override
    void fail(Throwable cause) {}

    /**
     * A listener that throws at each event of each session must not fill a disk: one of a class in ten seconds, and how many others.
     * Throws nothing, whatever the fault does where it is printed.
     */
    static void log(Throwable fault) {
        long others = FaultKind.of(fault.getClass().getName()).add();
        if (others < 0) {
            return;
        }
        try {
            LOG.log(
                    Level.WARNING,
                    "a session listener threw"
                            + (others == 0 ? "" : ", and " + others + " times more since the last message"),
                    fault);
        } catch (RuntimeException | Error unprintable) {
            // Nobody is left who could be told.
        }
    }

    /** Faults of one class; all beyond the limit are one kind. */
    private static final class FaultKind {

        private long loggedAt = System.nanoTime() - LOG_INTERVAL_NANOS;
        private long unlogged;

        static FaultKind of(String name) {
            synchronized (KINDS) {
                boolean known = KINDS.containsKey(name) || KINDS.size() < MOST_KINDS;
                return KINDS.computeIfAbsent(known ? name : "", ignored -> new FaultKind());
            }
        }

        /** How many were not logged before this one; negative if this one is not to be logged either. */
        synchronized long add() {
            long now = System.nanoTime();
            if (now - loggedAt < LOG_INTERVAL_NANOS) {
                unlogged++;
                return -1;
            }
            long others = unlogged;
            loggedAt = now;
            unlogged = 0;
            return others;
        }
    }
}
