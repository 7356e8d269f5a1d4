package dev.patchbay.registry;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A registry that follows its files: what is changed, added or removed is in a new snapshot within a second.
 *
 * <p>Files are looked at four times a second, and read once they have not changed from one look to the next, so that one that
 * is being written is not taken for a whole one. A definition that cannot be used, or a file that cannot be read, leaves the
 * provider as it was; the diagnostics of the snapshot say so. Plugins and the environment of the process are read once.
 *
 * <p>Safe for use by several threads. Holds one daemon thread: close it.
 */
public final class ReloadingRegistry implements Supplier<RegistrySnapshot>, AutoCloseable {

    private static final long INTERVAL_MILLIS = 250;
    private static final long LONGEST_RELOAD_MILLIS = 5_000;

    private final RegistryBuilder sources;
    private final List<Path> paths;
    private final Consumer<Reload> listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile RegistrySnapshot current;
    private FileSignature read;
    private FileSignature seen;
    private boolean freshWhenRead;

    private ReloadingRegistry(RegistryBuilder sources, Consumer<Reload> listener) {
        this.sources = sources;
        this.paths = sources.paths();
        this.listener = listener;
        this.read = FileSignature.of(paths);
        this.seen = read;
        this.freshWhenRead = read.isFresh(Instant.now());
        this.current = sources.build();
        this.thread = new Thread(this::watch, "patchbay-reload");
        thread.setDaemon(true);
    }

    /**
     * Reads everything, and begins to look for changes.
     *
     * @param sources not to be used otherwise from now on
     * @param listener told of each reload that changed something, on the thread of the registry; while it runs, no other
     *     change is looked for. What it throws is ignored.
     * @throws ConfigurationException as {@link RegistryBuilder#build}; later, in strict mode, a change with an error in it
     *     leaves everything as it was
     */
    public static ReloadingRegistry start(RegistryBuilder sources, Consumer<Reload> listener) {
        ReloadingRegistry registry = new ReloadingRegistry(
                requireNonNull(sources, "sources is null"), requireNonNull(listener, "listener is null"));
        registry.thread.start();
        return registry;
    }

    /** The snapshot of the moment. What has taken one keeps it. */
    @Override
    public RegistrySnapshot get() {
        return current;
    }

    /** Looks no more; the last snapshot stays. Waits for a reload that is going on. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (Thread.currentThread() != thread) {
                thread.join(LONGEST_RELOAD_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (!closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        FileSignature now = FileSignature.of(paths);
        boolean settled = now.looksLike(seen);
        seen = now;
        if (settled && (freshWhenRead || !now.looksLike(read))) {
            boolean fresh = now.isFresh(Instant.now());
            if (reload(now)) {
                read = now;
                freshWhenRead = fresh;
            }
        }
    }

    /** Whether what was read is what was looked at: a file that was written meanwhile may have been read by half. */
    private boolean reload(FileSignature files) {
        RegistrySnapshot before = current;
        try {
            RegistrySnapshot built = sources.build();
            if (!FileSignature.of(paths).looksLike(files)) {
                return false;
            }
            RegistrySnapshot after = LastGood.kept(before, built);
            current = after;
            tell(new Reload(after, Comparison.changes(before, after), after.diagnostics()), before.diagnostics());
        } catch (ConfigurationException strict) {
            tell(new Reload(before, List.of(), strict.diagnostics()), before.diagnostics());
        }
        return true;
    }

    private void tell(Reload reload, List<Diagnostic> problemsBefore) {
        boolean changed = reload.changes().stream().anyMatch(change -> change.kind() != Reload.Kind.KEPT);
        if (!changed && texts(reload.problems()).equals(texts(problemsBefore))) {
            return;
        }
        try {
            listener.accept(reload);
        } catch (RuntimeException ofListener) {
            // The files are followed all the same: the listener only looks on.
        }
    }

    private static List<String> texts(List<Diagnostic> problems) {
        return problems.stream().map(Diagnostic::toString).toList();
    }
}
