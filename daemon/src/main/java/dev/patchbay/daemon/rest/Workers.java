package dev.patchbay.daemon.rest;

import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.gateway.ServiceRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which requests wait for the store, as many as may wait at once; others wait their turn, or are told to come again. */
@Singleton
public final class Workers implements Executor, AutoCloseable {

    private static final int THREADS = 16;
    private static final int MOST_WAITING = 10_000;

    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), this::thread);

    @Inject
    Workers() {
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "patchbay-api-" + count.getAndIncrement());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /** Does the work of a request, which is refused where too many wait. */
    void run(ServiceRequest request, Runnable work) {
        try {
            threads.execute(() -> {
                if (!request.isGone()) {
                    work.run();
                }
            });
        } catch (RejectedExecutionException full) {
            Reply.problem(Problem.of(503, "too many requests wait for the store; try again"))
                    .to(request);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
