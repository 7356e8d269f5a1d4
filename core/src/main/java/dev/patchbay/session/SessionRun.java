package dev.patchbay.session;

import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The chat runner: asks the provider, and its fallbacks where they are for the failure and nothing of an answer came, and
 * turns the answer into events of the session.
 */
final class SessionRun {

    private static final Logger LOG = System.getLogger(SessionRun.class.getName());

    private final SessionFeed feed;
    private final ListenerBacklog backlog;
    private final Function<Route, ProviderAttempt> attempts;
    private final Fallbacks fallbacks;
    private final AnswerCollector answer = new AnswerCollector();
    private final List<ContentBlock> content = new CopyOnWriteArrayList<>();
    private Route route;
    private Pricing pricing = Pricing.UNKNOWN;
    private boolean begun;
    private boolean stopped;
    private long asked;
    private Optional<Duration> firstToken = Optional.empty();

    private final Object cancelLock = new Object();
    private boolean cancelled;
    private @Nullable ChatStream stream;
    private @Nullable Thread thread;

    SessionRun(
            SessionFeed feed,
            ListenerBacklog backlog,
            Route first,
            Function<Route, ProviderAttempt> attempts,
            Fallbacks fallbacks) {
        this.feed = feed;
        this.backlog = backlog;
        this.route = first;
        this.attempts = attempts;
        this.fallbacks = fallbacks;
    }

    /** @param created over when the store has the session; nothing is sent before that */
    void run(Future<?> created) {
        try {
            begin(created);
            LaunchResolver.requireCommandSecrets(route);
            ask();
            complete();
        } catch (Throwable failure) {
            // Whatever a plugin, a store or we ourselves do wrong ends this session, visibly, and nothing else.
            LOG.log(Level.DEBUG, "session failed", failure);
            fail(failure);
        }
    }

    /**
     * Marks the session as cancelled, and wakes its thread. Does not wait.
     *
     * @return what is to be closed, so that the call to the provider ends; what a plugin does then may take long
     */
    Optional<ChatStream> cancel() {
        synchronized (cancelLock) {
            cancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
            return Optional.ofNullable(stream);
        }
    }

    /** Ends the session as it stands, where its own thread does not: a plugin may ignore every sign that it is to stop. */
    void abandon() {
        feed.end(record -> record.status(SessionStatus.INTERRUPTED), content, null);
    }

    /** Ends the session where the store does not answer either. Never waits. */
    void abandonStore() {
        feed.endUnstored(content);
    }

    private void begin(Future<?> created) throws Throwable {
        synchronized (cancelLock) {
            thread = Thread.currentThread();
        }
        try {
            created.get();
        } catch (InterruptedException interrupted) {
            requireNotCancelled();
            throw interrupted;
        } catch (ExecutionException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
        requireNotCancelled();
        feed.change(record -> record.status(SessionStatus.RUNNING));
    }

    private void ask() {
        boolean answered = false;
        while (!answered) {
            try {
                askOnce(attempts.apply(route));
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
        Route failed = route;
        Route next = fallbacks.after(failed, failure).orElseThrow(() -> failure);
        route = next;
        feed.change(
                record -> record.resolved(next.provider(), next.requestedModel(), next.upstreamModel())
                        .keySent(next.sendsKey())
                        .failures(fallbacks.failures()),
                record -> Optional.of(new SessionEvent.ProviderChanged(
                        record.id(), failed.provider(), next.provider(), next.upstreamModel(), failure)));
    }

    private void askOnce(ProviderAttempt attempt) {
        pricing = attempt.pricing();
        asked = System.nanoTime();
        try (ChatClient client = attempt.connection().get();
                ChatStream opened = client.stream(attempt.request())) {
            synchronized (cancelLock) {
                stream = opened;
            }
            requireNotCancelled();
            Optional<ChatEvent> event = opened.next();
            while (event.isPresent()) {
                take(event.get());
                event = opened.next();
            }
        } finally {
            synchronized (cancelLock) {
                stream = null;
            }
        }
        if (!stopped) {
            throw new ProviderException(ProviderException.Kind.SERVER, "the answer ended before it was complete");
        }
    }

    private void take(ChatEvent event) {
        begun = true;
        if (firstToken.isEmpty() && !(event instanceof ChatEvent.Started)) {
            firstToken = Optional.of(Duration.ofNanos(System.nanoTime() - asked));
        }
        if (event instanceof ChatEvent.TextDelta delta) {
            feed.publishText(false, delta.text());
        } else if (event instanceof ChatEvent.ThinkingDelta delta) {
            feed.publishText(true, delta.thinking());
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
        detach();
        backlog.awaitRoom(feed, this::isCancelled);
        feed.end(
                record -> {
                    record.status(SessionStatus.COMPLETED).usage(answer.usage());
                    firstToken.ifPresent(record::firstToken);
                    answer.stopReason().ifPresent(record::stopReason);
                    pricing.cost(answer.usage()).ifPresent(record::costUsd);
                    return record;
                },
                content,
                null);
    }

    private void fail(Throwable failure) {
        detach();
        keepUnfinished(failure);
        backlog.awaitRoom(feed, this::isCancelled);
        String provider = route.provider();
        List<SessionError> others = fallbacks.failures().stream()
                .filter(other -> !other.provider().equals(provider))
                .toList();
        boolean interrupted = isCancelled() && !(failure instanceof SessionStoreException);
        feed.end(
                record -> {
                    record.usage(answer.usage()).failures(others);
                    firstToken.ifPresent(record::firstToken);
                    return interrupted
                            ? record.status(SessionStatus.INTERRUPTED)
                            : record.status(SessionStatus.FAILED)
                                    .error(SessionError.of(provider, failure).after(others));
                },
                content,
                interrupted ? null : failure);
    }

    private void keepUnfinished(Throwable failure) {
        try {
            unfinished().ifPresent(block -> keep(block, false));
        } catch (SessionStoreException again) {
            again.noteIn(failure);
        }
    }

    /** An interrupt that ended the call has done its work, and one that comes late has none: a store must not meet it. */
    private void detach() {
        synchronized (cancelLock) {
            thread = null;
        }
        Thread.interrupted();
    }

    private void requireNotCancelled() {
        if (isCancelled()) {
            throw new ProviderException(ProviderException.Kind.CANCELLED, "interrupted");
        }
    }

    private boolean isCancelled() {
        synchronized (cancelLock) {
            return cancelled;
        }
    }
}
