package dev.patchbay.daemon.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where clients are given what is long, a page at a time: few pages are read at once, and what they hold together until the clients have
 * read them is bounded. So hundreds of clients that read slowly, or not at all, cost the others neither memory nor the threads of
 * their requests. Safe for use by several threads.
 */
public final class PageRoom implements AutoCloseable {

    private static final int THREADS = 2;

    private final long limit;
    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private long held;

    /** @param limit bytes that pages may hold together; a single one may be larger */
    public PageRoom(long limit) {
        this.limit = limit;
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "patchbay-pages-" + count.getAndIncrement());
        thread.setDaemon(true);
        return thread;
    }

    /** Reads a page when its turn has come. */
    public void read(Runnable page) {
        threads.execute(page);
    }

    /**
     * Takes room for a page.
     *
     * @param again is read when there is room, if there is none now
     * @return whether there is
     */
    public synchronized boolean take(long bytes, Runnable again) {
        if (held > 0 && held + bytes > limit) {
            waiting.add(again);
            return false;
        }
        held += bytes;
        return true;
    }

    /** Gives back what was taken, or what is no longer wanted: 0. */
    public synchronized void give(long bytes) {
        held -= bytes;
        wakeNext();
    }

    private synchronized void wakeNext() {
        Runnable next = waiting.poll();
        if (next != null && !threads.isShutdown()) {
            threads.execute(() -> {
                try {
                    next.run();
                } finally {
                    wakeNextUnlessHeld();
                }
            });
        }
    }

    /** Whoever was woken and took nothing, since it failed perhaps, gives nothing that would wake the next. */
    private synchronized void wakeNextUnlessHeld() {
        if (held == 0) {
            wakeNext();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
