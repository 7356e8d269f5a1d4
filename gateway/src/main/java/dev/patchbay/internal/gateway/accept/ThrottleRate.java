package dev.patchbay.internal.gateway.accept;

import java.util.concurrent.TimeUnit;

/**
 * How much may begin in one period: less in proportion to how late the event loop is, and twice as much after each
 * period in which it was used up and the loop on time. Used on one event loop.
 */
final class ThrottleRate {

    /** Whoever reads a stream does not notice so much. */
    private static final long TOLERATED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The first requests are the dearest: their code has never run. */
    private static final int FIRST = 8;

    /** The cause may be another program, which goes on: a few always get through. */
    private static final int LEAST = 2;

    private static final int MOST = 1 << 16;

    private int allowed = FIRST;
    private int left = FIRST;

    /** Whether one more may begin in this period; it counts as begun then. */
    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    /** Whether any began in this period. */
    boolean isUsed() {
        return left < allowed;
    }

    /**
     * The next period begins.
     *
     * @param lateNanos how long after the end of the last one
     */
    void next(long lateNanos) {
        if (lateNanos > TOLERATED_NANOS) {
            allowed = (int) Math.max(LEAST, allowed * TOLERATED_NANOS / lateNanos);
        } else if (left == 0) {
            allowed = Math.min(MOST, allowed * 2);
        }
        left = allowed;
    }
}
