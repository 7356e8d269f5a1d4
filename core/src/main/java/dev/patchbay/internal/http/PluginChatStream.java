package dev.patchbay.internal.http;

import dev.patchbay.internal.plugin.PluginCalls;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a plugin, read on a thread of its own a few events ahead. Whoever asks for the next one waits as long as the
 * provider's time-outs allow, and goes on at once when it is interrupted or the stream is closed.
 */
final class PluginChatStream implements ChatStream {

    private static final int MOST_AHEAD = 16;

    private final PluginCalls calls;
    private final PluginSilence silence;
    private final Supplier<ChatStream> open;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<ChatEvent> ahead = new ArrayDeque<>();
    private PluginCalls.@Nullable Running reading;
    private @Nullable ChatStream stream;
    private @Nullable Throwable failure;
    private boolean begun;
    private boolean ended;
    private boolean closed;

    /** Calls nobody yet. */
    PluginChatStream(PluginCalls calls, PluginSilence silence, Supplier<ChatStream> open) {
        this.calls = calls;
        this.silence = silence;
        this.open = open;
    }

    @Override
    public Optional<ChatEvent> next() {
        lock.lock();
        try {
            start();
            while (ahead.isEmpty() && !ended && !closed) {
                long left = begun ? silence.leftForNext() : silence.leftForFirst();
                if (left <= 0) {
                    throw late();
                }
                changed.awaitNanos(left);
            }
            return take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp();
            throw NetworkFailures.cancelled();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the answer. Waits until the plugin has closed it, two seconds at most; where the plugin still reads after one, its
     * thread is interrupted.
     */
    @Override
    public void close() {
        PluginCalls.Running running;
        ChatStream toClose;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            changed.signalAll();
            running = reading;
            toClose = ended ? null : stream;
        } finally {
            lock.unlock();
        }
        if (running != null) {
            awaitEnd(running, toClose == null ? Optional.empty() : calls.unattended(toClose::close));
        }
    }

    private static void awaitEnd(PluginCalls.Running running, Optional<PluginCalls.Running> closing) {
        long deadline = System.nanoTime() + PluginCalls.CLOSING.toNanos();
        try {
            if (!running.await(PluginCalls.CLOSING.toNanos() / 2)) {
                running.interrupt();
                running.await(deadline - System.nanoTime());
            }
            if (closing.isPresent()) {
                closing.get().await(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.giveUp();
        closing.ifPresent(PluginCalls.Running::giveUp);
    }

    private void start() {
        if (reading == null && !closed) {
            silence.sign();
            reading = calls.start(this::read);
        }
    }

    private Optional<ChatEvent> take() {
        ChatEvent event = ahead.poll();
        if (event != null) {
            begun = true;
            changed.signalAll();
            return Optional.of(event);
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (!ended) {
            throw NetworkFailures.cancelled();
        }
        return Optional.empty();
    }

    private ProviderException late() {
        ProviderException late =
                begun ? silence.stalled() : silence.tooLate(stream == null ? "ChatClient.stream" : "ChatStream.next");
        failure = late;
        giveUp();
        return late;
    }

    /** The plugin is told to end, and nobody waits for it. */
    private void giveUp() {
        closed = true;
        ChatStream toClose = stream;
        if (toClose != null && !ended) {
            calls.unattended(toClose::close);
        }
        if (reading != null) {
            reading.giveUp();
        }
    }

    /** On the plugin's thread. */
    private void read() {
        ChatStream opened = null;
        try {
            opened = open.get();
            opened(opened);
            readAll(opened);
        } catch (InterruptedException | RuntimeException | Error thrown) {
            fail(thrown);
        }
        end();
        if (opened != null) {
            opened.close();
        }
    }

    private void readAll(ChatStream opened) throws InterruptedException {
        while (awaitRoom()) {
            silence.sign();
            Optional<ChatEvent> event = opened.next();
            silence.sign();
            if (event.isEmpty()) {
                return;
            }
            add(event.get());
        }
    }

    private void opened(ChatStream opened) {
        lock.lock();
        try {
            stream = opened;
        } finally {
            lock.unlock();
        }
    }

    /** Whether anybody still wants an event. */
    private boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (ahead.size() >= MOST_AHEAD && !closed) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void add(ChatEvent event) {
        lock.lock();
        try {
            ahead.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable thrown) {
        lock.lock();
        try {
            if (failure == null && !closed) {
                failure = thrown instanceof InterruptedException ? NetworkFailures.cancelled() : thrown;
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = ended || !closed;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
