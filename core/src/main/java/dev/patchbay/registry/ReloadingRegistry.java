package dev.patchbay.registry;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.InternalApi;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A registry that follows its files: what is changed, added or removed is in a new snapshot within a second.
 *
 * <p>Files are looked at four times a second, and read once they have not changed from one look to the next, so that one that
 * is being written is not taken for a whole one. A definition that cannot be used, or a file that cannot be read, leaves the
 * provider as it was; the diagnostics of the snapshot say so. Plugins and the environment of the process are read once.
 *
 * <p>Whatever goes wrong while files are read, errors included, leaves everything as it was, is among the problems, and ends
 * with the next change that can be read. The listener has a thread of its own: while it waits, files are followed all the
 * same, and what changed meanwhile is told to it at once.
 *
 * <p>Safe for use by several threads. Holds two daemon threads: close it.
 */
@InternalApi
public final class ReloadingRegistry implements Supplier<RegistrySnapshot>, AutoCloseable {

    private static final long INTERVAL_MILLIS = 250;
    private static final long LONGEST_RELOAD_MILLIS = 5_000;
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    /**
     * What is in effect, and what is wrong.
     *
     * @param problems of the snapshot, or those for which the files could not replace it
     */
    private record State(RegistrySnapshot snapshot, List<Diagnostic> problems) {}

    private final RegistryBuilder sources;
    private final List<Path> paths;
    private final Consumer<Reload> listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final Thread teller;
    private final Object changed = new Object();
    private volatile State current;
    private FileSignature read;
    private FileSignature seen;
    private boolean freshWhenRead;
    private long triedAt;

    private ReloadingRegistry(RegistryBuilder sources, Consumer<Reload> listener) {
        this.sources = sources;
        this.paths = sources.paths();
        this.listener = listener;
        this.read = FileSignature.of(paths);
        this.seen = read;
        this.freshWhenRead = read.isFresh(Instant.now());
        RegistrySnapshot first = sources.build();
        this.current = new State(first, first.diagnostics());
        this.thread = new Thread(null, this::watch, "patchbay-reload", 0, false);
        thread.setDaemon(true);
        State told = current;
        this.teller = new Thread(null, () -> tell(told), "patchbay-reload-listener", 0, false);
        teller.setDaemon(true);
    }

    /**
     * Reads everything, and begins to look for changes.
     *
     * @param sources not to be used otherwise from now on
     * @param listener told of what changed, on a thread of its own; what changes while it runs is told together afterwards.
     *     What it throws is ignored.
     * @throws ConfigurationException as {@link RegistryBuilder#build}; later, in strict mode, a change with an error in it
     *     leaves everything as it was
     */
    public static ReloadingRegistry start(RegistryBuilder sources, Consumer<Reload> listener) {
        ReloadingRegistry registry = new ReloadingRegistry(
                requireNonNull(sources, "sources is null"), requireNonNull(listener, "listener is null"));
        registry.thread.start();
        registry.teller.start();
        return registry;
    }

    /** The snapshot of the moment. What has taken one keeps it. */
    @Override
    public RegistrySnapshot get() {
        return current.snapshot();
    }

    /** Reads everything again now, whatever the files look like. */
    public synchronized void reload() {
        FileSignature now = FileSignature.of(paths);
        change(readAgain(current.snapshot()));
        read = now;
        seen = now;
    }

    /**
     * Looks no more; the last snapshot stays. Waits for a reload that is going on, at most five seconds, and not for the
     * listener. Idempotent.
     */
    @Override
    public void close() {
        closed.countDown();
        synchronized (changed) {
            changed.notifyAll();
        }
        try {
            if (Thread.currentThread() != thread) {
                thread.join(LONGEST_RELOAD_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        while (true) {
            try {
                if (closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                look();
            } catch (InterruptedException e) {
                // Nobody but a plugin's code on this thread can have asked for it, and closing is what ends it.
            } catch (Throwable e) {
                failed(e);
            }
        }
    }

    private synchronized void look() {
        FileSignature now = FileSignature.of(paths);
        boolean settled = now.looksLike(seen);
        seen = now;
        boolean again = System.nanoTime() - triedAt > AGAIN_NANOS
                && current.problems().stream().anyMatch(ReloadingRegistry::mayPass);
        if (settled && (freshWhenRead || again || !now.looksLike(read))) {
            triedAt = System.nanoTime();
            boolean fresh = now.isFresh(Instant.now());
            State before = current;
            State after = readAgain(before.snapshot());
            // A file that was written meanwhile may have been read by half.
            if (FileSignature.of(paths).looksLike(now)) {
                // Whoever keeps something for a definition, such as its list of models, need not begin anew for
                // nothing.
                if (!now.looksLike(read) || differ(before, after)) {
                    change(after);
                }
                read = now;
                freshWhenRead = fresh;
            }
        }
    }

    /** What may be right at the next try although no provider file has changed: too many files were open, or that of a key comes later. */
    private static boolean mayPass(Diagnostic problem) {
        return problem.code() == Code.UNREADABLE_FILE
                || problem.code() == Code.RELOAD_FAILED
                || problem.code() == Code.SECRET_FILE;
    }

    private State readAgain(RegistrySnapshot before) {
        try {
            RegistrySnapshot after = LastGood.kept(before, sources.build());
            return new State(after, after.diagnostics());
        } catch (ConfigurationException strict) {
            return new State(before, strict.diagnostics());
        } catch (Throwable e) {
            return new State(before, withFailure(before, e));
        }
    }

    /** Not even the files could be looked at. */
    private void failed(Throwable e) {
        try {
            State now = current;
            change(new State(now.snapshot(), withFailure(now.snapshot(), e)));
        } catch (Throwable again) {
            // The next look may go well; that this one did not cannot be said.
        }
    }

    private static List<Diagnostic> withFailure(RegistrySnapshot before, Throwable e) {
        List<Diagnostic> problems = new ArrayList<>(before.diagnostics());
        // The message is not ours and may hold anything, a key included.
        problems.add(Diagnostic.error(
                        Code.RELOAD_FAILED,
                        Location.of("provider files"),
                        "they cannot be read again, everything stays as it was: "
                                + e.getClass().getSimpleName())
                .help("undo the last change; this is a mistake in patchbay or in a plugin")
                .build());
        return problems;
    }

    private void change(State after) {
        synchronized (changed) {
            current = after;
            changed.notifyAll();
        }
    }

    private void tell(State first) {
        State told = first;
        while (true) {
            State now = awaitChange(told);
            if (now == null) {
                return;
            }
            try {
                tell(told, now);
            } catch (Throwable ofListener) {
                // The files are followed all the same: the listener only looks on.
            }
            told = now;
        }
    }

    @SuppressWarnings("ReferenceEquality") // Another state, whatever stands in it.
    private @Nullable State awaitChange(State told) {
        synchronized (changed) {
            while (current == told && closed.getCount() > 0) {
                try {
                    changed.wait();
                } catch (InterruptedException e) {
                    // Of the listener's own making: closing is what ends it.
                }
            }
            return closed.getCount() > 0 ? current : null;
        }
    }

    private void tell(State before, State after) {
        List<Reload.Change> changes = SnapshotComparison.changes(before.snapshot(), after.snapshot());
        if (differ(before, after, changes)) {
            listener.accept(new Reload(after.snapshot(), changes, after.problems()));
        }
    }

    private static boolean differ(State before, State after) {
        List<Reload.Change> changes = SnapshotComparison.changes(before.snapshot(), after.snapshot());
        return differ(before, after, changes)
                || !before.snapshot().defaultProvider().equals(after.snapshot().defaultProvider());
    }

    private static boolean differ(State before, State after, List<Reload.Change> changes) {
        return changes.stream().anyMatch(change -> change.kind() != Reload.Kind.KEPT)
                || !texts(after.problems()).equals(texts(before.problems()));
    }

    private static List<String> texts(List<Diagnostic> problems) {
        return problems.stream().map(Diagnostic::toString).toList();
    }
}
