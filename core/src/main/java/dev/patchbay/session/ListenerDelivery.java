package dev.patchbay.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Brings events to a listener. What it throws is logged, and ends nothing. */
final class ListenerDelivery extends EventDelivery {

    private static final Logger LOG = System.getLogger(ListenerDelivery.class.getName());
    private static final long LOG_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final AtomicLong LOGGED_AT = new AtomicLong(System.nanoTime() - LOG_INTERVAL_NANOS);
    private static final AtomicLong UNLOGGED = new AtomicLong();

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

    /** A listener that throws at each event of each session must not fill a disk: one in ten seconds, and how many others. */
    static void log(Throwable fault) {
        long last = LOGGED_AT.get();
        long now = System.nanoTime();
        if (now - last < LOG_INTERVAL_NANOS || !LOGGED_AT.compareAndSet(last, now)) {
            UNLOGGED.incrementAndGet();
            return;
        }
        long others = UNLOGGED.getAndSet(0);
        LOG.log(
                Level.WARNING,
                "a session listener threw"
                        + (others == 0 ? "" : ", and " + others + " times more since the last message"),
                fault);
    }
}
