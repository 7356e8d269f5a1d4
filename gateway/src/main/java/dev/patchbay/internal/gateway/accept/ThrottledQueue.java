package dev.patchbay.internal.gateway.accept;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A queue to an event loop that admits only as much as the loop keeps up with. Used on that event loop. */
final class ThrottledQueue {

    private static final int PERIOD_MILLIS = 20;

    /** After so long a wait the queue is not one that is gone in a moment. */
    private static final Duration RUSH = Duration.ofMillis(200);

    /** So many that were not sent ahead go before one that was. */
    private static final int BEFORE_ONE_AHEAD = 4;

    private final Vertx vertx;
    private final long longestNanos;
    private final long rushNanos;
    private final ThrottleRate pace = new ThrottleRate();
    private final Deque<Waiting> queue = new ArrayDeque<>();

    /** What clients sent ahead: each has had its turn, and comes behind those that have not. */
    private final Deque<Waiting> ahead = new ArrayDeque<>();

    private boolean newest;
    private int passed;
    private boolean watching;
    private long due;

    /** @param longest after which whatever waits may begin, however late the loop is */
    ThrottledQueue(Vertx vertx, Duration longest) {
        this(vertx, longest, RUSH);
    }

    /** @param rush after how long a wait every second one is the newest */
    ThrottledQueue(Vertx vertx, Duration longest, Duration rush) {
        this.vertx = vertx;
        this.longestNanos = longest.toNanos();
        this.rushNanos = rush.toNanos();
    }

    /** Whether one more may begin now; if not, it has to be left to {@link #later}. */
    boolean admits() {
        watch();
        return queue.isEmpty() && ahead.isEmpty() && pace.take();
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

    /** The same for one whose client had another one before it, and did not wait for its answer. */
    void laterStill(BooleanSupplier isOver, Runnable begin) {
        ahead.add(new Waiting(isOver, begin, System.nanoTime()));
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
            for (Waiting next = peek(now); next != null && mayGo(next, now); next = peek(now)) {
                take(next);
                if (!next.isOver.getAsBoolean()) {
                    next.begin.run();
                }
            }
        } finally {
            if (!queue.isEmpty() || !ahead.isEmpty() || pace.isUsed()) {
                watch();
            }
        }
    }

    /**
     * In order, as long as nobody waits for long. Behind many, whoever comes would wait as long as all of them: then every second
     * one is the newest.
     */
    private @Nullable Waiting peek(long now) {
        if (!ahead.isEmpty() && (queue.isEmpty() || passed >= BEFORE_ONE_AHEAD)) {
            return ahead.peekFirst();
        }
        Waiting oldest = queue.peekFirst();
        boolean rush = oldest != null && now - oldest.since > rushNanos;
        return rush && newest && now - oldest.since <= longestNanos ? queue.peekLast() : oldest;
    }

    @SuppressWarnings("ReferenceEquality") // This very one, not one like it.
    private void take(Waiting next) {
        if (next == ahead.peekFirst()) {
            ahead.removeFirst();
            passed = 0;
            return;
        }
        newest = !newest;
        passed++;
        if (next == queue.peekFirst()) {
            queue.removeFirst();
        } else {
            queue.removeLast();
        }
    }

    private boolean mayGo(Waiting first, long now) {
        return first.isOver.getAsBoolean() || now - first.since > longestNanos || pace.take();
    }

    private record Waiting(BooleanSupplier isOver, Runnable begin, long since) {}
}
