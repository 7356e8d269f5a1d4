package dev.patchbay.store;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A thread of a store, which starts when it is needed first, and is waited for when the store is closed. */
final class StoreThread {

    private static final long END_MILLIS = 5_000;

    private final String name;
    private final Work work;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** @param work what it does until it is closed */
    StoreThread(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** Something that is done for long. */
    interface Work {
        void run() throws InterruptedException;
    }

    /** Starts, if it does not run. */
    synchronized void start() {
        if (thread == null && !isClosed()) {
            thread = new Thread(this::run, name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        try {
            work.run();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits; returns whether it was closed meanwhile. */
    boolean isClosedWithin(long millis) throws InterruptedException {
        return closed.await(millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Ends it.
     *
     * @param wake has it look, if it waits for something else than this
     */
    void close(Runnable wake) {
        closed.countDown();
        wake.run();
        @Nullable Thread running;
        synchronized (this) {
            running = thread;
        }
        try {
            if (running != null && running != Thread.currentThread()) {
                running.join(END_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
