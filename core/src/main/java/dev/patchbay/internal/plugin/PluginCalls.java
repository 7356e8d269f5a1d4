package dev.patchbay.internal.plugin;

import dev.patchbay.spi.ProviderException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs what a plugin does while it is used on threads that can be given up, so that whoever waits for it can go on: a plugin may
 * never return, and heed no interrupt. Safe for use by several threads.
 *
 * <p>These are platform threads even where the JDK has virtual ones: a plugin that computes for ever would keep the carrier that
 * everybody else needs. A thread that was given up stays with its plugin until that returns; a plugin that keeps 100 of them is
 * not called any more.
 */
public final class PluginCalls {

    /** How long whoever closes something waits for it. */
    public static final Duration CLOSING = Duration.ofSeconds(2);

    private static final int MOST_STUCK = 100;
    private static final int MOST_THREADS = 10_000;
    private static final long IDLE_SECONDS = 10;

    private static final ExecutorService THREADS = threads();

    private final String who;
    private final AtomicInteger stuck = new AtomicInteger();

    /** @param who the plugin, or what it brings, as messages call it */
    public PluginCalls(String who) {
        this.who = who;
    }

    /** Says what to throw where a call has taken too long. */
    public interface Late {
        ProviderException failure();
    }

    /**
     * Waits for a call to return; after that, or where this thread is interrupted, it is given up.
     *
     * @param left how many nanoseconds it may still take; asked again when they are over
     * @param abandon done with what the call returns when nobody waits for it any more
     * @throws ProviderException of kind {@code CANCELLED} if this thread is interrupted
     */
    public <T> T call(Supplier<T> code, LongSupplier left, Late late, Consumer<T> abandon) {
        Result<T> result = new Result<>(code, abandon);
        Running running = start(result);
        try {
            long nanos = left.getAsLong();
            while (!running.await(nanos)) {
                nanos = left.getAsLong();
                if (nanos <= 0) {
                    giveUp(running, result);
                    throw late.failure();
                }
            }
        } catch (InterruptedException e) {
            giveUp(running, result);
            Thread.currentThread().interrupt();
            throw new ProviderException(ProviderException.Kind.CANCELLED, "interrupted");
        }
        return result.get();
    }

    /**
     * Runs code that closes something, and waits two seconds at most; what it throws is the code's own affair. Does not wait on
     * a thread that is interrupted.
     */
    public void close(Runnable code) {
        Optional<Running> closing = unattended(code);
        try {
            if (closing.isPresent() && !closing.get().await(CLOSING.toNanos())) {
                closing.get().giveUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins to run code that closes something, for which nobody need wait; empty where it cannot be called any more. */
    public Optional<Running> unattended(Runnable code) {
        try {
            return Optional.of(start(code));
        } catch (ProviderException tooMany) {
            return Optional.empty();
        }
    }

    /**
     * Begins a call.
     *
     * @throws ProviderException if too many earlier ones have not returned
     */
    public Running start(Runnable code) {
        if (stuck.get() >= MOST_STUCK) {
            throw refusal(MOST_STUCK + " earlier calls of it have not returned");
        }
        Running running = new Running(code, stuck);
        try {
            THREADS.execute(running);
        } catch (RejectedExecutionException full) {
            throw refusal("there is no thread for it: " + MOST_THREADS + " calls of plugins are under way");
        }
        return running;
    }

    private <T> void giveUp(Running running, Result<T> result) {
        running.giveUp();
        result.giveUp().ifPresent(late -> unattended(() -> result.abandon.accept(late)));
    }

    private ProviderException refusal(String why) {
        return ProviderException.builder(ProviderException.Kind.SERVER, who + " is not called: " + why)
                .help("this is a fault in the plugin: tell its author, or take the plugin out")
                .retryable(false)
                .build();
    }

    private static ExecutorService threads() {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(null, task, "patchbay-plugin-call-" + count.getAndIncrement(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** A call that is under way, or over. */
    public static final class Running implements Runnable {

        private final Runnable code;
        private final AtomicInteger stuck;
        private final CountDownLatch done = new CountDownLatch(1);
        private @Nullable Thread thread;
        private boolean over;
        private boolean givenUp;

        private Running(Runnable code, AtomicInteger stuck) {
            this.code = code;
            this.stuck = stuck;
        }

        @Override
        public void run() {
            synchronized (this) {
                thread = Thread.currentThread();
                if (givenUp) {
                    thread.interrupt();
                }
            }
            try {
                code.run();
            } finally {
                end();
            }
        }

        private synchronized void end() {
            over = true;
            thread = null;
            // It was meant for this call, and must not meet the next one.
            Thread.interrupted();
            if (givenUp) {
                stuck.decrementAndGet();
            }
            done.countDown();
        }

        /** Waits for its end; whether it came. */
        public boolean await(long nanos) throws InterruptedException {
            return done.await(nanos, TimeUnit.NANOSECONDS);
        }

        /** Interrupts it, if it has not ended. */
        public synchronized void interrupt() {
            if (thread != null) {
                thread.interrupt();
            }
        }

        /** Interrupts it, and counts it among those that have not returned until it does. */
        public synchronized void giveUp() {
            if (!over && !givenUp) {
                givenUp = true;
                stuck.incrementAndGet();
                interrupt();
            }
        }
    }

    /** What a call returned or threw. */
    private static final class Result<T> implements Runnable {

        private final Supplier<T> code;
        private final Consumer<T> abandon;
        private @Nullable T value;
        private @Nullable Throwable failure;
        private boolean givenUp;

        private Result(Supplier<T> code, Consumer<T> abandon) {
            this.code = code;
            this.abandon = abandon;
        }

        @Override
        public void run() {
            try {
                T returned = code.get();
                if (!take(returned)) {
                    abandon.accept(returned);
                }
            } catch (Throwable thrown) {
                fail(thrown);
            }
        }

        private synchronized boolean take(T returned) {
            value = returned;
            return !givenUp;
        }

        private synchronized void fail(Throwable thrown) {
            failure = thrown;
        }

        /** What came all the same, in the last moment. */
        private synchronized Optional<T> giveUp() {
            givenUp = true;
            return Optional.ofNullable(value);
        }

        private synchronized T get() {
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (value == null) {
                throw new IllegalStateException("a call ended without a result", failure);
            }
            return value;
        }
    }
}
