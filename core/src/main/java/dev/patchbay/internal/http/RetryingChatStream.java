package dev.patchbay.internal.http;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One answer, asked for again until it begins or there is no point in it. */
final class RetryingChatStream implements ChatStream {

    private final Supplier<ChatStream> attempts;
    private final RetrySchedule schedule;
    private final RetryListener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable ChatStream current;
    private @Nullable ChatStream begun;
    private @Nullable ProviderException failed;

    RetryingChatStream(Supplier<ChatStream> attempts, RetrySchedule schedule, RetryListener listener) {
        this.attempts = attempts;
        this.schedule = schedule;
        this.listener = listener;
    }

    @Override
    public Optional<ChatEvent> next() {
        if (failed != null) {
            throw failed;
        }
        return begun == null ? begin() : begun.next();
    }

    @Override
    public void close() {
        closed.countDown();
        closeCurrent();
    }

    private Optional<ChatEvent> begin() {
        while (true) {
            try {
                ChatStream stream = open();
                Optional<ChatEvent> first = stream.next();
                begun = stream;
                return first;
            } catch (ProviderException failure) {
                closeCurrent();
                Duration wait = schedule.after(failure).orElseThrow(() -> finalFailure(failure));
                listener.retrying(schedule.attempt(), wait, failure);
                pause(wait);
            }
        }
    }

    private ChatStream open() {
        if (closed.getCount() == 0) {
            throw NetworkFailures.cancelled();
        }
        ChatStream stream = attempts.get();
        current = stream;
        if (closed.getCount() == 0) {
            stream.close();
        }
        return stream;
    }

    private ProviderException finalFailure(ProviderException failure) {
        failed = failure;
        return failure;
    }

    private void pause(Duration wait) {
        try {
            if (closed.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw finalFailure(NetworkFailures.cancelled());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw finalFailure(NetworkFailures.cancelled());
        }
    }

    private void closeCurrent() {
        ChatStream stream = current;
        if (stream != null) {
            stream.close();
        }
    }
}
