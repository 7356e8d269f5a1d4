package dev.patchbay.internal.gateway;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Calls when nothing happened for some time; to tell it that something did costs a look at the clock. Used on one event loop.
 */
public final class SilenceTimer {

    private static final long NONE = -1;

    private final Vertx vertx;
    private final long nanos;
    private final Runnable silence;
    private long last = System.nanoTime();
    private long timer = NONE;
    private boolean stopped;

    /** @param limit how long nothing may happen */
    public SilenceTimer(Vertx vertx, Duration limit, Runnable silence) {
        this.vertx = vertx;
        this.nanos = limit.toNanos();
        this.silence = silence;
        arm(nanos);
    }

    /** Something happened. */
    public void touch() {
        last = System.nanoTime();
    }

    /** Ends it. Idempotent. */
    public void stop() {
        stopped = true;
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }

    private void arm(long wait) {
        timer = vertx.setTimer(Math.max(1, (wait + 999_999) / 1_000_000), id -> check());
    }

    private void check() {
        timer = NONE;
        long left = last + nanos - System.nanoTime();
        if (left > 0) {
            arm(left);
            return;
        }
        last = System.nanoTime();
        silence.run();
        if (!stopped) {
            arm(nanos);
        }
    }
}
