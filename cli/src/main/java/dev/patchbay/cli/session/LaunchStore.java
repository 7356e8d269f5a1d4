package dev.patchbay.cli.session;

import dev.patchbay.cli.command.Invocation;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.InMemorySessionStore;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionPage;
import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStore;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store of one command that asks providers: it is opened while the command reads its files and connects, and what is
 * written before that waits for it. A piece of an answer, and the end, are in the file before anybody is told of them. Where the file
 * cannot be used, the command goes on in memory, and {@link #problem} says why.
 */
public final class LaunchStore implements SessionStore {

    /** How long the end of a command waits for a file that takes nothing. */
    private static final long END_SECONDS = 10;

    private final InMemorySessionStore memory = new InMemorySessionStore();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(LaunchStore::thread);
    private final Supplier<Optional<SqliteSessionStore>> opener;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable SqliteSessionStore file;
    private volatile @Nullable RuntimeException problem;

    /** Whether there was anything to store. */
    private volatile boolean used;

    /** What the file did not take, in order, since it was locked or its disk was full; used by the writer alone. */
    private final Deque<Consumer<SqliteSessionStore>> unwritten = new ArrayDeque<>();

    private volatile boolean isWritten;

    private LaunchStore(Supplier<Optional<SqliteSessionStore>> opener) {
        this.opener = opener;
    }

    /** The store that a command line names; opened from now on, beside whatever comes next. */
    public static LaunchStore opening(Invocation invocation) {
        Optional<SqliteSessionStore.Builder> builder = invocation.has(SessionFile.NO_STORE)
                ? Optional.empty()
                : SessionFile.locate(invocation).map(path -> SessionFile.builder(path, invocation));
        LaunchStore store = new LaunchStore(() -> builder.map(SqliteSessionStore.Builder::openEvenIfFull));
        store.writer.execute(store::openFile);
        return store;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "patchbay-store");
        thread.setDaemon(true);
        return thread;
    }

    private void openFile() {
        try {
            file = opener.get().orElse(null);
        } catch (RuntimeException | LinkageError failure) {
            problem = failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
        }
    }

    /** Why something is not stored, in one sentence; empty if all is, or there was nothing. */
    public Optional<String> problem() {
        return Optional.ofNullable(used ? problem : null)
                .map(failure -> failure instanceof StoreException
                        ? String.valueOf(failure.getMessage())
                        : "the session store failed: " + failure);
    }

    /** Whether a session is in the file. */
    public boolean isStored(String sessionId) {
        return problem == null && ask(open -> open.find(sessionId).isPresent()).orElse(false);
    }

    /**
     * Looks into the file.
     *
     * @return empty if there is none
     * @throws StoreException if it cannot be read
     */
    public <T> Optional<T> ask(Function<SqliteSessionStore, T> question) {
        return await(writer.submit(() -> {
            if (file == null && problem != null) {
                throw problem;
            }
            return Optional.ofNullable(file).map(question);
        }));
    }

    @Override
    public void create(SessionRecord session, List<SessionEvent> events) {
        used = true;
        memory.create(session, events);
        writer.execute(() -> store(open -> open.create(session, events)));
    }

    @Override
    public void update(SessionRecord session, List<SessionEvent> events) {
        memory.update(session, events);
        Future<?> written = writer.submit(() -> store(open -> open.update(session, events)));
        if (session.status().isFinal() || events.stream().anyMatch(LaunchStore::isAnswer)) {
            await(written);
        }
    }

    private static boolean isAnswer(SessionEvent event) {
        return event instanceof SessionEvent.ConversationUpdated updated
                && updated.event().role() == ChatMessage.Role.ASSISTANT;
    }

    /** Writes, unless there is no file; after a failure the rest waits for the end, so that no answer waits for the file again and again. */
    private void store(Consumer<SqliteSessionStore> change) {
        if (file == null) {
            return;
        }
        unwritten.add(change);
        if (problem == null) {
            writeTo(file);
        }
    }

    /** In order. A lost lease is no failure of the file: the session ends by it. */
    private void writeTo(SqliteSessionStore open) {
        try {
            while (!unwritten.isEmpty()) {
                unwritten.getFirst().accept(open);
                unwritten.removeFirst();
            }
            problem = null;
        } catch (StoreException failure) {
            if (failure.kind() == StoreException.Kind.LEASE_LOST) {
                unwritten.clear();
                throw failure;
            }
            problem = failure;
        } catch (RuntimeException failure) {
            problem = failure;
        }
    }

    @Override
    public Optional<SessionRecord> find(String sessionId) {
        Optional<SessionRecord> own = memory.find(sessionId);
        return own.isPresent() ? own : ask(open -> open.find(sessionId)).flatMap(found -> found);
    }

    @Override
    public List<ConversationEvent> conversation(String sessionId) {
        return memory.find(sessionId).isPresent()
                ? memory.conversation(sessionId)
                : ask(open -> open.conversation(sessionId)).orElse(List.of());
    }

    /** Of a session of this command from memory, so that a launch need not wait for the file. */
    @Override
    public List<ConversationEvent> history(String sessionId) {
        Optional<SessionRecord> own = memory.find(sessionId);
        if (own.isEmpty()) {
            return ask(open -> open.history(sessionId)).orElse(List.of());
        }
        Optional<String> parent = own.get().parentId();
        if (parent.isEmpty()) {
            return memory.conversation(sessionId);
        }
        List<ConversationEvent> all = new ArrayList<>(history(parent.get()));
        all.addAll(memory.conversation(sessionId));
        return all;
    }

    @Override
    public SessionPage list(SessionQuery query) {
        return ask(open -> open.list(query)).orElseGet(() -> memory.list(query));
    }

    @Override
    public boolean forget(String sessionId) {
        boolean own = memory.forget(sessionId);
        return ask(open -> open.forget(sessionId)).orElse(own);
    }

    @Override
    public void onInterruptRequested(Consumer<String> interrupter) {
        writer.execute(() -> store(open -> open.onInterruptRequested(interrupter)));
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        writer.execute(() -> {
            if (file != null) {
                writeWhatWaits(file);
                closeFile(file);
            }
        });
        writer.shutdown();
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        while (true) {
            try {
                if (!writer.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                        && !isWritten
                        && problem == null) {
                    problem =
                            new IllegalStateException("it did not take what was written within " + END_SECONDS + " s");
                }
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once more, since whoever locked the file may be gone, and there may be space again. */
    private void writeWhatWaits(SqliteSessionStore open) {
        try {
            if (!open.isReadOnly() && open.damage().isEmpty()) {
                writeTo(open);
            }
        } catch (StoreException leaseLost) {
            problem = leaseLost;
        }
        isWritten = unwritten.isEmpty();
    }

    private void closeFile(SqliteSessionStore open) {
        try {
            open.close();
        } catch (RuntimeException failure) {
            if (!isWritten && problem == null) {
                problem = failure;
            }
        }
    }

    /** Waits, also where the session is told to end: what was said is stored all the same. */
    private static <T> T await(Future<T> written) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return written.get(1, TimeUnit.HOURS);
                } catch (InterruptedException again) {
                    interrupted = true;
                } catch (TimeoutException slow) {
                    throw new IllegalStateException("the session store does not answer", slow);
                } catch (ExecutionException failure) {
                    if (failure.getCause() instanceof RuntimeException known) {
                        throw known;
                    }
                    throw new IllegalStateException(failure.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
