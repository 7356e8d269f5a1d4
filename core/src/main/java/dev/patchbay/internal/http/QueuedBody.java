package dev.patchbay.internal.http;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.http.socket.ClosedException;
import dev.patchbay.internal.http.socket.SilenceException;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer between the JDK's client and its reader. The JDK's own stream waits without a limit; this one
 * knows how long it may be silent, and can be ended by any thread while another one waits.
 */
final class QueuedBody implements BodySubscriber<QueuedBody> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private @Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private final Runnable ended;
    private boolean asked;
    private boolean complete;
    private boolean cancelled;

    /** @param ended called when nothing more can come; maybe more than once */
    QueuedBody(Runnable ended) {
        this.ended = ended;
    }

    @Override
    public CompletionStage<QueuedBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
        update(() -> subscription = given);
        if (isCancelled()) {
            given.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> more) {
        update(() -> {
            asked = false;
            pieces.addAll(more);
        });
    }

    @Override
    public void onError(Throwable throwable) {
        update(() -> failure = throwable);
        ended.run();
    }

    @Override
    public void onComplete() {
        update(() -> complete = true);
        ended.run();
    }

    /** Ends the body: a reader that waits gets an exception, and the connection is closed unless the body was complete. */
    void cancel() {
        Subscription running = null;
        lock.lock();
        try {
            if (!cancelled && !complete) {
                running = subscription;
            }
            cancelled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (running != null) {
            running.cancel();
        }
        ended.run();
    }

    /** Whether everything came, so that the connection can serve the next request. */
    boolean isComplete() {
        lock.lock();
        try {
            return complete;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next piece.
     *
     * @param nanos how long at most
     * @return empty at the end of the body
     * @throws SilenceException if nothing came in time
     * @throws ClosedException if the body was cancelled, or the thread interrupted
     * @throws IOException if the connection broke
     */
    Optional<ByteBuffer> take(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        while (true) {
            Subscription idle;
            lock.lock();
            try {
                await(end - System.nanoTime());
                if (isSettled()) {
                    return settled();
                }
                asked = true;
                idle = requireNonNull(subscription);
            } finally {
                lock.unlock();
            }
            // Not under the lock: the JDK may deliver in this very call.
            idle.request(1);
        }
    }

    /** Waits until something is there, or can be asked for. */
    private void await(long nanos) throws IOException {
        long left = nanos;
        try {
            while (!isSettled() && (asked || subscription == null)) {
                if (left <= 0) {
                    throw new SilenceException();
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedException();
        }
    }

    private boolean isSettled() {
        while (!pieces.isEmpty() && !pieces.peek().hasRemaining()) {
            pieces.remove();
        }
        return cancelled || !pieces.isEmpty() || failure != null || complete;
    }

    private Optional<ByteBuffer> settled() throws IOException {
        if (cancelled) {
            throw new ClosedException();
        }
        if (!pieces.isEmpty()) {
            return Optional.of(pieces.remove());
        }
        if (failure != null) {
            throw new IOException("the connection broke inside the answer", failure);
        }
        return Optional.empty();
    }

    private boolean isCancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
