package dev.patchbay.internal.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs tasks on threads that are made when they are needed, up to a number; then tasks wait, first come first served. */
final class BoundedExecutor implements Executor {

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Object lock = new Object();
    private final int most;
    private final ThreadPoolExecutor threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    BoundedExecutor(ThreadFactory factory, int most) {
        this(factory, most, IDLE);
    }

    /** @param idle after which a thread ends that has nothing to do */
    BoundedExecutor(ThreadFactory factory, int most, Duration idle) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, not " + most);
        }
        this.most = most;
        // One more would do for the moment between a task's last step and its thread's return to the pool: no limit
        // here.
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, idle.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), factory);
    }

    @Override
    public void execute(Runnable task) {
        synchronized (lock) {
            if (running == most) {
                waiting.add(task);
                return;
            }
            running++;
        }
        try {
            threads.execute(() -> work(task));
        } catch (RuntimeException | Error noThread) {
            synchronized (lock) {
                running--;
            }
            throw noThread;
        }
    }

    private void work(Runnable first) {
        Runnable task = first;
        while (task != null) {
            try {
                task.run();
            } catch (Throwable fault) {
                report(fault);
            }
            // What was meant for one task must not end the next one.
            Thread.interrupted();
            task = next();
        }
    }

    private @Nullable Runnable next() {
        synchronized (lock) {
            Runnable next = waiting.poll();
            if (next == null) {
                running--;
            }
            return next;
        }
    }

    private static void report(Throwable fault) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
    }
}
