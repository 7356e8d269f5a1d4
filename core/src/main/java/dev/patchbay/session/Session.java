package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One piece of work given to one provider, running or ended. Safe for use by several threads.
 */
public final class Session {

    private final SessionFeed feed;
    private final SessionRun run;
    private final CompletableFuture<SessionResult> result;
    private final List<String> warnings;

    Session(SessionFeed feed, SessionRun run, CompletableFuture<SessionResult> result, List<String> warnings) {
        this.feed = feed;
        this.run = run;
        this.result = result;
        this.warnings = List.copyOf(warnings);
    }

    /** What was put right on the way to the provider, for instance an operation's path at the end of the base URL. */
    public List<String> warnings() {
        return warnings;
    }

    public String id() {
        return feed.session().id();
    }

    /** The session as it stands now. */
    public SessionRecord record() {
        return feed.session();
    }

    /**
     * Listens to the session.
     *
     * <p>The listener is first given what is stored of the conversation, on this thread, and then each event as it happens, on
     * the session's thread: what it does there holds the session up. To miss no {@link SessionEvent.TextDelta}, pass the
     * listener to the launch.
     */
    public void onEvent(Consumer<SessionEvent> listener) {
        feed.subscribe(requireNonNull(listener, "listener is null"));
    }

    /**
     * Waits for the end, however it comes.
     *
     * @throws SessionException if this thread is interrupted while it waits; the session goes on
     */
    public SessionResult await() {
        try {
            return result.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SessionException(record());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a session ended without a result", impossible);
        }
    }

    /**
     * Waits for the end for a time.
     *
     * @return empty if the session has not ended by then; it goes on
     * @throws SessionException if this thread is interrupted while it waits
     */
    public Optional<SessionResult> await(Duration limit) {
        try {
            return Optional.of(result.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException stillRunning) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SessionException(record());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a session ended without a result", impossible);
        }
    }

    /** Ends the session: the call to the provider is cancelled within a second. Does nothing if it has ended. */
    public void interrupt() {
        run.interrupt();
    }
}
