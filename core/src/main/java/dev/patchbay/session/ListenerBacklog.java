package dev.patchbay.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What listeners have still to be told of sessions that have ended, in sum: with listeners that are slower than their
 * sessions it would grow without end. From a number of bytes on, a session whose own listener is behind ends only when that
 * one has caught up. Safe for use by several threads.
 */
final class ListenerBacklog {

    private static final long LARGEST = 16L << 20;

    /** Of a small heap, only such a part. */
    private static final int HEAP_PART = 16;

    private static final long LOOK_AGAIN_MILLIS = 20;

    private final long most = Math.min(LARGEST, Runtime.getRuntime().maxMemory() / HEAP_PART);
    private final AtomicLong bytes = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Waits until a session may end: as long as there is no room, and it has a listener that is behind. */
    void awaitRoom(SessionFeed feed, BooleanSupplier cancelled) {
        while (bytes.get() > most && feed.backlog() > 0 && !cancelled.getAsBoolean()) {
            lock.lock();
            try {
                changed.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException toEnd) {
                // Whoever interrupts a session's thread wants its end, which is what follows.
                return;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Counts what waits for a listener of a session that ends now. Does not wait. */
    void add(long more) {
        bytes.addAndGet(more);
    }

    /** Counts it no more. Does not wait. */
    void remove(long gone) {
        if (gone == 0) {
            return;
        }
        bytes.addAndGet(-gone);
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
