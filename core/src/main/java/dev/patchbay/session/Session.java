package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One piece of work given to one provider, running or ended. Safe for use by several threads.
 *
 * <p>Whoever looks on gets the events in order and one at a time, on threads of the session ({@link #onEvent}, {@link
 * #publisher}) or as it asks for them ({@link #iterator}), and never holds up the session, another session, or anybody else
 * who looks on. Pieces of text that wait for somebody slow are joined: no text is lost, and what waits is at most the text of
 * the session once more. The result is there before the last event is told.
 */
public final class Session implements Iterable<SessionEvent> {

    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    /** How long whoever waits for a session waits for a listener that is at one event. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final SessionFeed feed;
    private final Runnable interrupter;
    private final Executor threads;
    private final ListenerBacklog backlog;
    private final List<String> warnings;

    /** @param interrupter interrupts the session, if it runs */
    Session(SessionFeed feed, Runnable interrupter, Executor threads, ListenerBacklog backlog, List<String> warnings) {
        this.feed = feed;
        this.interrupter = interrupter;
        this.threads = threads;
        this.backlog = backlog;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * What the user should know of the way to the provider, one sentence each: an operation's path that ended the base URL, or
     * settings that this provider is not sent.
     */
    public List<String> warnings() {
        return warnings;
    }

    public String id() {
        return feed.session().id();
    }

    /** The session as it stands now; once it has ended, as it ended. */
    public SessionRecord record() {
        return feed.session();
    }

    /**
     * Listens to the session, on threads of the session.
     *
     * <p>The listener is first given what was said so far, and of an answer that is under way the text that has come, and
     * then each event as it happens. This method returns when it has been told what was said so far, after a second at most.
     * What it throws is logged, and ends nothing. To hear of every attempt and change of status, pass the listener to the
     * launch.
     */
    public void onEvent(Consumer<SessionEvent> listener) {
        EventReceiver receiver = new ListenerDelivery(threads, backlog, requireNonNull(listener, "listener is null"));
        feed.subscribe(receiver, SessionEvent.ConversationUpdated.class::isInstance);
        try {
            receiver.awaitTold(PATIENCE.toNanos(), System.nanoTime() + PATIENCE.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The events of the session for subscribers that say how many they want. Each is given all of them from the first on,
     * those that it missed too, but for pieces of text that have become a whole since; it completes after the last one,
     * however the session ends.
     */
    public Flow.Publisher<SessionEvent> publisher() {
        return subscriber -> {
            SubscriberDelivery receiver =
                    new SubscriberDelivery(threads, backlog, requireNonNull(subscriber, "subscriber is null"));
            receiver.work();
            feed.subscribe(receiver, event -> true);
        };
    }

    /**
     * The events of the session for a loop, which waits for each of them: all from the first on, as {@link #publisher} gives
     * them, to the last.
     *
     * <p>An iterator throws {@link SessionException} if its thread is interrupted while it waits; the session goes on.
     */
    @Override
    public Iterator<SessionEvent> iterator() {
        EventIterator events = new EventIterator(feed::session);
        feed.subscribe(events, event -> true);
        return events;
    }

    /**
     * The end of the session, however it comes: completes normally, also for a session that failed. Each call gives a future of
     * its own, and to cancel it changes nothing for the session. What was hung on it before the end runs on threads of its own,
     * or, as with every {@link CompletableFuture}, on a thread that waits for this very future; {@link #await()} and the other
     * futures never wait for it.
     */
    public CompletableFuture<SessionResult> result() {
        CompletableFuture<SessionResult> result = feed.result();
        return result.isDone()
                ? CompletableFuture.completedFuture(result.join())
                : result.thenApplyAsync(ended -> ended, threads);
    }

    /**
     * Waits for the end, however it comes, and until listeners have been told all, as long as none takes more than a second
     * for an event. A listener of the session may wait, too.
     *
     * @throws SessionException if this thread is interrupted while it waits; the session goes on
     */
    public SessionResult await() {
        return await(FOR_EVER).orElseThrow();
    }

    /**
     * Waits for the end for a time.
     *
     * @return empty if the session has not ended by then; it goes on
     * @throws SessionException if this thread is interrupted while it waits
     */
    public Optional<SessionResult> await(Duration limit) {
        long deadline = System.nanoTime() + Math.min(TimeUnit.NANOSECONDS.convert(limit), FOR_EVER.toNanos());
        CompletableFuture<SessionResult> ended = feed.result();
        try {
            if (!ended.isDone()) {
                feed.isAwaitedBy(Thread.currentThread());
            }
            SessionResult result = ended.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (!feed.isAwaitedBy(Thread.currentThread())) {
                feed.awaitTold(PATIENCE.toNanos(), deadline);
            }
            return Optional.of(result);
        } catch (TimeoutException stillRunning) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SessionException(record(), interrupted);
        } catch (ExecutionException givenUp) {
            throw new SessionException(record(), givenUp.getCause());
        }
    }

    /**
     * Ends the session: the call to the provider is cancelled within a second, and the session has ended after five, whatever
     * a plugin or the store does: it has failed where the store does not answer by then. Does nothing if it has ended.
     */
    public void interrupt() {
        interrupter.run();
    }
}
