package dev.patchbay.workbench.probe;

import dev.patchbay.internal.http.Threads;
import dev.patchbay.spi.PatchbayException;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for things only so long, whether they keep to time-outs of their own or not. May be closed by any thread. */
final class CallTimeLimit implements AutoCloseable {

    private final Duration limit;
    private final ExecutorService threads = Threads.executor("patchbay-probe");
    private volatile boolean closed;
    private volatile @Nullable Future<?> current;

    CallTimeLimit(Duration limit) {
        this.limit = limit;
    }

    /**
     * Does something on a thread of its own.
     *
     * @throws ProviderException of kind {@code TIMEOUT} if it takes too long, {@code CANCELLED} if this is closed, or the
     *     work's own
     */
    <T> T within(Callable<T> work) {
        if (closed) {
            throw cancelled();
        }
        Future<T> running = threads.submit(work);
        current = running;
        if (closed) {
            running.cancel(true);
        }
        try {
            return running.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw ProviderException.builder(
                            Kind.TIMEOUT, "there was no end of it within " + limit.toMillis() / 1000.0 + " s")
                    .help("try again, or allow more with --timeout")
                    .build();
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw cancelled();
        } catch (CancellationException e) {
            throw cancelled();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        Future<?> running = current;
        if (running != null) {
            running.cancel(true);
        }
        threads.shutdown();
    }

    private RuntimeException failure(ExecutionException failure) {
        if (closed) {
            return cancelled();
        }
        Throwable cause = failure.getCause();
        if (cause instanceof PatchbayException known) {
            return known;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        String what = cause == null ? "it" : cause.getClass().getSimpleName();
        return ProviderException.builder(Kind.SERVER, "the dialect failed with " + what)
                .cause(failure)
                .build();
    }

    private static ProviderException cancelled() {
        return new ProviderException(Kind.CANCELLED, "the test was interrupted");
    }
}
