package dev.patchbay.internal.http.socket;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a wait that takes too long, which a blocking socket does not do in the same way for connecting, writing and reading. To
 * set it again costs no more than a field as long as the time moves on: the timer looks when it would have rung, not before.
 */
final class Alarm {

    private final ScheduledExecutorService timer;
    private final Runnable action;
    private long end;
    private long look;
    private @Nullable Future<?> task;
    private boolean set;
    private boolean rung;

    /** @param action ends the wait; runs on the timer's thread, once at most */
    Alarm(ScheduledExecutorService timer, Runnable action) {
        this.timer = timer;
        this.action = action;
    }

    /**
     * A wait begins.
     *
     * @param time when it has to end, as {@link System#nanoTime} tells it
     */
    synchronized void set(long time) {
        set = true;
        end = time;
        if (task == null || look - time > 0) {
            cancelTask();
            schedule();
        }
    }

    /** The wait is over, the next one may begin soon. */
    synchronized void unset() {
        set = false;
    }

    /** No more waits begin for now. */
    synchronized void stop() {
        set = false;
        cancelTask();
    }

    /** Whether it ended a wait. */
    synchronized boolean hasRung() {
        return rung;
    }

    private void cancelTask() {
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    private void schedule() {
        look = end;
        task = timer.schedule(this::check, end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void check() {
        synchronized (this) {
            task = null;
            if (!set || rung) {
                return;
            }
            if (end - System.nanoTime() > 0) {
                schedule();
                return;
            }
            rung = true;
        }
        action.run();
    }
}
