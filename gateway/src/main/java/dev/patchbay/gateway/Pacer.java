package dev.patchbay.gateway;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A queue to an event loop that admits only as much as the loop keeps up with, in order. Used on that event loop. */
final class Pacer {

    private static final int PERIOD_MILLIS = 20;

    private final Vertx vertx;
    private final long longestNanos;
    private final Pace pace = new Pace();
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private boolean watching;
    private long due;

    /** @param longest after which whatever waits may begin, however late the loop is */
    Pacer(Vertx vertx, Duration longest) {
        this.vertx = vertx;
        this.longestNanos = longest.toNanos();
    }

    /** Whether one more may begin now; if not, it has to be left to {@link #later}. */
    boolean admits() {
        watch();
        return queue.isEmpty() && pace.take();
    }

    /**
     * Keeps one until it is its turn.
     *
     * @param isOver whether nobody waits for it any more
     * @param begin begins it
     */
    void later(BooleanSupplier isOver, Runnable begin) {
        queue.add(new Waiting(isOver, begin, System.nanoTime()));
    }

    /** What is idle is not watched. */
    private void watch() {
        if (!watching) {
            watching = true;
            due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
            vertx.setTimer(PERIOD_MILLIS, id -> next());
        }
    }

    private void next() {
        watching = false;
        long now = System.nanoTime();
        pace.next(now - due);
        try {
            for (Waiting first = queue.peek(); first != null && mayGo(first, now); first = queue.peek()) {
                queue.remove();
                if (!first.isOver.getAsBoolean()) {
                    first.begin.run();
                }
            }
        } finally {
            if (!queue.isEmpty() || pace.isUsed()) {
                watch();
            }
        }
    }

    private boolean mayGo(Waiting first, long now) {
        return first.isOver.getAsBoolean() || now - first.since > longestNanos || pace.take();
    }

    private record Waiting(BooleanSupplier isOver, Runnable begin, long since) {}
}
