package dev.patchbay.session;

import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.route.Route;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The chat runner: asks the provider, and its fallbacks where they are for the failure and nothing of an answer came, and
 * turns the answer into events of the session.
 */
final class SessionRun implements Runnable {

    private static final Logger LOG = System.getLogger(SessionRun.class.getName());

    private final SessionFeed feed;
    private final Clock clock;
    private final Function<Route, Attempt> attempts;
    private final Fallbacks fallbacks;
    private final CompletableFuture<SessionResult> result;
    private final AnswerCollector answer = new AnswerCollector();
    private final List<ContentBlock> content = new ArrayList<>();
    private Attempt attempt;
    private boolean begun;
    private boolean stopped;

    private final Object cancelLock = new Object();
    private boolean cancelled;
    private @Nullable ChatStream stream;
    private @Nullable Thread thread;

    SessionRun(
            SessionFeed feed,
            Clock clock,
            Attempt first,
            Function<Route, Attempt> attempts,
            Fallbacks fallbacks,
            CompletableFuture<SessionResult> result) {
        this.feed = feed;
        this.clock = clock;
        this.attempt = first;
        this.attempts = attempts;
        this.fallbacks = fallbacks;
        this.result = result;
    }

    @Override
    public void run() {
        try {
            if (begin()) {
                ask();
                complete();
            }
        } catch (ProviderException failure) {
            fail(failure);
        } catch (Throwable fault) {
            // Whatever a plugin or we ourselves do wrong ends this session, visibly, and nothing else.
            LOG.log(Level.DEBUG, "session failed unexpectedly", fault);
            fail(fault);
        } finally {
            end();
        }
    }

    /** Cancels the call to the provider; the session's own thread then ends the session. */
    void interrupt() {
        ChatStream toClose;
        synchronized (cancelLock) {
            cancelled = true;
            toClose = stream;
            if (thread != null) {
                thread.interrupt();
            }
        }
        if (toClose != null) {
            toClose.close();
        }
        feed.change(record -> record.status(SessionStatus.INTERRUPTING));
    }

    private boolean begin() {
        synchronized (cancelLock) {
            if (!cancelled) {
                thread = Thread.currentThread();
            }
        }
        if (isCancelled()) {
            feed.change(record -> record.status(SessionStatus.INTERRUPTED).completedAt(clock.instant()));
            return false;
        }
        feed.change(record -> record.status(SessionStatus.RUNNING));
        return true;
    }

    private void ask() {
        boolean answered = false;
        while (!answered) {
            try {
                askOnce();
                answered = true;
            } catch (ProviderException failure) {
                goOnAfter(failure);
            }
        }
    }

    /** Goes on with a fallback. What was passed on of an answer is never replaced by another one. */
    private void goOnAfter(ProviderException failure) {
        if (begun || isCancelled()) {
            throw failure;
        }
        Route failed = attempt.route();
        Route next = fallbacks.after(failed, failure).orElseThrow(() -> failure);
        attempt = attempts.apply(next);
        feed.change(record -> record.resolved(next.provider(), next.requestedModel(), next.upstreamModel())
                .failures(fallbacks.failures()));
        feed.publish(new SessionEvent.ProviderChanged(
                feed.session().id(), failed.provider(), next.provider(), next.upstreamModel(), failure));
    }

    private void askOnce() {
        try (ChatClient client = attempt.connection().get();
                ChatStream opened = client.stream(attempt.request())) {
            synchronized (cancelLock) {
                stream = opened;
                if (cancelled) {
                    throw new ProviderException(ProviderException.Kind.CANCELLED, "interrupted");
                }
            }
            Optional<ChatEvent> event = opened.next();
            while (event.isPresent()) {
                take(event.get());
                event = opened.next();
            }
        }
        if (!stopped) {
            throw new ProviderException(ProviderException.Kind.SERVER, "the answer ended before it was complete");
        }
    }

    private void take(ChatEvent event) {
        begun = true;
        String id = feed.session().id();
        if (event instanceof ChatEvent.TextDelta delta) {
            feed.publish(new SessionEvent.TextDelta(id, delta.text()));
        } else if (event instanceof ChatEvent.ThinkingDelta delta) {
            feed.publish(new SessionEvent.ThinkingDelta(id, delta.thinking()));
        }
        answer.accept(event);
        if (event instanceof ChatEvent.BlockStopped) {
            unkept().ifPresent(block -> keep(block, true));
        }
        stopped |= event instanceof ChatEvent.Stopped;
    }

    /** The block that came last, unless it is stored already. */
    private Optional<ContentBlock> unkept() {
        List<ContentBlock> blocks = answer.content();
        return blocks.size() > content.size() ? Optional.of(blocks.get(blocks.size() - 1)) : Optional.empty();
    }

    /** What is worth keeping of a block that broke off: half a call must never be run. */
    private Optional<ContentBlock> unfinished() {
        return unkept().filter(block ->
                (block instanceof ContentBlock.Text text && !text.text().isEmpty())
                        || (block instanceof ContentBlock.Thinking thought
                                && !thought.thinking().isEmpty()));
    }

    private void keep(ContentBlock block, boolean completed) {
        content.add(block);
        feed.append(ChatMessage.Role.ASSISTANT, block, completed);
    }

    private void complete() {
        feed.change(record -> {
            record.status(SessionStatus.COMPLETED).completedAt(clock.instant()).usage(answer.usage());
            answer.stopReason().ifPresent(record::stopReason);
            attempt.pricing().cost(answer.usage()).ifPresent(record::costUsd);
            return record;
        });
    }

    private void fail(Throwable failure) {
        // The interrupt that ended the call has done its work; a store must not stumble over it.
        Thread.interrupted();
        unfinished().ifPresent(block -> keep(block, false));
        String provider = attempt.route().provider();
        List<SessionError> others = fallbacks.failures().stream()
                .filter(other -> !other.provider().equals(provider))
                .toList();
        SessionError error = (failure instanceof ProviderException known
                        ? SessionError.of(provider, known)
                        : SessionError.internal(provider, failure))
                .after(others);
        feed.change(record -> {
            record.completedAt(clock.instant()).usage(answer.usage()).failures(others);
            return isCancelled()
                    ? record.status(SessionStatus.INTERRUPTED)
                    : record.status(SessionStatus.FAILED).error(error);
        });
    }

    private void end() {
        synchronized (cancelLock) {
            thread = null;
        }
        result.complete(new SessionResult(feed.session(), content));
    }

    private boolean isCancelled() {
        synchronized (cancelLock) {
            return cancelled;
        }
    }
}
