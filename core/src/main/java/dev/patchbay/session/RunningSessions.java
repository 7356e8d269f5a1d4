package dev.patchbay.session;

import dev.patchbay.internal.http.Threads;
import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.ChatStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The sessions that run in this process, or wait for a thread: their threads, their listeners, their ends. Whatever a store, a
 * listener or a plugin does, one of them holds nobody else up. Safe for use by several threads.
 */
final class RunningSessions implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RunningSessions.class.getName());

    /** How long an interrupt takes at most until the session has ended, whatever its plugin or the store does. */
    private static final Duration END = Duration.ofSeconds(5);

    /** How long {@link #close} takes at most: of its five seconds a {@code Patchbay} needs some for what is closed then. */
    private static final Duration CLOSE = Duration.ofMillis(4_500);

    /** The part of both in which sessions are left to end by themselves. */
    private static final Duration OWN_END = Duration.ofSeconds(4);

    /** How long whoever launches or interrupts a session waits for the store. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The most sessions that run or wait for a thread. */
    private static final int MOST_RUNNING = 10_000;

    /** The most platform threads of a kind, where the JDK has no virtual ones. */
    private static final int MOST_THREADS = 1_000;

    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final ListenerBacklog backlog = new ListenerBacklog();
    private final Executor threads = Threads.bounded("patchbay-session", MOST_THREADS);
    private final Executor listenerThreads = Threads.bounded("patchbay-session-events", MOST_THREADS);
    private final Executor closers = Threads.bounded("patchbay-session-interrupt", MOST_THREADS);
    private final Executor creators;
    private final Executor enders = Threads.bounded("patchbay-session-end", MOST_THREADS);
    private volatile boolean closed;

    /** @param mayHang whether the store can; one that cannot is not given a thread of its own for each session */
    RunningSessions(boolean mayHang) {
        creators = mayHang ? Threads.bounded("patchbay-session-create", MOST_THREADS) : Runnable::run;
    }

    /** @throws SessionStateException if this is closed, or there are 10 000 that have not ended */
    void requireRoom() {
        if (closed) {
            throw SessionStateException.closed();
        }
        if (running.size() >= MOST_RUNNING) {
            throw SessionStateException.tooMany(MOST_RUNNING);
        }
    }

    /** Gives a listener every event of a session that is yet to start. */
    void listen(SessionFeed feed, Consumer<SessionEvent> listener) {
        feed.subscribe(new ListenerDelivery(listenerThreads, backlog, listener), event -> true);
    }

    /** @param create brings the session into the store; nothing is sent before it is there */
    Session start(
            SessionFeed feed,
            Route route,
            Function<Route, ProviderAttempt> attempts,
            Fallbacks fallbacks,
            List<String> warnings,
            Runnable create) {
        SessionRun run = new SessionRun(feed, backlog, route, attempts, fallbacks);
        String id = feed.session().id();
        Session session = new Session(feed, () -> interrupt(id), listenerThreads, backlog, warnings);
        start(new Running(session, feed, run), create);
        return session;
    }

    private void start(Running session, Runnable create) {
        String id = session.feed.session().id();
        running.put(id, session);
        try {
            // On a thread of its own where a store may hang; the session's thread may have to wait for its turn.
            Future<?> created = run(creators, create);
            awaitBriefly(created);
            threads.execute(() -> {
                try {
                    session.run.run(created);
                } finally {
                    running.remove(id);
                    session.feed.giveUp();
                }
            });
        } catch (RuntimeException | Error failure) {
            LOG.log(Level.DEBUG, "session could not be started", failure);
            running.remove(id);
            session.feed.end(
                    record -> record.status(SessionStatus.FAILED)
                            .error(SessionError.of(
                                    session.feed.session().provider().orElse(""), failure)),
                    List.of(),
                    failure);
        }
        if (closed) {
            interrupt(id);
        }
    }

    Optional<Session> find(String id) {
        return Optional.ofNullable(running.get(id)).map(Running::session);
    }

    Optional<SessionFeed> feed(String id) {
        return Optional.ofNullable(running.get(id)).map(Running::feed);
    }

    /**
     * Ends a session; waits for the store, but not for one that hangs.
     *
     * @return whether it runs here
     */
    boolean interrupt(String id) {
        Running session = running.get(id);
        if (session == null) {
            return false;
        }
        awaitBriefly(run(enders, () -> interrupt(session)));
        return true;
    }

    /** Ends a session that runs here; waits for the store as long as it takes. */
    void interruptNow(String id) {
        Optional.ofNullable(running.get(id)).ifPresent(this::interrupt);
    }

    private void interrupt(Running session) {
        Optional<ChatStream> open = session.run.cancel();
        open.ifPresent(stream -> closers.execute(stream::close));
        after(OWN_END, enders).execute(session.run::abandon);
        // Waits for nothing, and so needs no thread that the store may hold.
        after(END, Runnable::run).execute(session.run::abandonStore);
        try {
            session.feed.change(record -> record.status(SessionStatus.INTERRUPTING));
        } catch (SessionStoreException failure) {
            // The end of the session meets the same store, and says so.
            LOG.log(Level.DEBUG, "the store did not take an interrupt", failure);
        }
    }

    /** Interrupts all, at once; returns when they have ended, after 4.5 seconds at most. */
    @Override
    public void close() {
        closed = true;
        long start = System.nanoTime();
        List<Running> open = new ArrayList<>(running.values());
        open.forEach(session -> session.run.cancel());
        open.forEach(session -> enders.execute(() -> interrupt(session)));
        awaitEnd(open, start + OWN_END.toNanos());
        open.removeIf(session -> session.feed.result().isDone());
        open.forEach(session -> enders.execute(session.run::abandon));
        awaitEnd(open, start + CLOSE.toNanos());
        open.forEach(session -> session.run.abandonStore());
    }

    private static Executor after(Duration wait, Executor executor) {
        return CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, executor);
    }

    private static void awaitEnd(List<Running> sessions, long deadline) {
        try {
            for (Running session : sessions) {
                session.feed.result().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException late) {
            // What comes next does not wait for them.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException givenUp) {
            LOG.log(Level.WARNING, "a session ended without a result", givenUp);
        }
    }

    private static Future<?> run(Executor executor, Runnable task) {
        FutureTask<?> future = new FutureTask<>(task, null);
        executor.execute(future);
        return future;
    }

    private static void awaitBriefly(Future<?> task) {
        try {
            task.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException late) {
            // It goes on by itself; what it throws is told by whoever needs its end.
            LOG.log(Level.DEBUG, "the store takes long, or failed", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Running(Session session, SessionFeed feed, SessionRun run) {}
}
