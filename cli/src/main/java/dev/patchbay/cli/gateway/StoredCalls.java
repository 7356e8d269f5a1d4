package dev.patchbay.cli.gateway;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.daemon.usage.CallCosts;
import dev.patchbay.daemon.usage.CallLog;
import dev.patchbay.gateway.AccessRecord;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.StoreException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of a gateway in the store of the command line, for {@code patchbay usage}; the store is opened with the first call. */
public final class StoredCalls implements Consumer<AccessRecord>, AutoCloseable {

    private final Invocation invocation;
    private final Optional<Path> file;
    private final CallLog log;
    private @Nullable SqliteSessionStore store;

    private StoredCalls(Invocation invocation, String source, Patchbay patchbay) {
        this.invocation = invocation;
        this.file = SessionFile.locate(invocation);
        this.log = CallLog.start(
                this::store,
                source,
                new CallCosts(patchbay),
                problem -> invocation.terminal().err().println("patchbay: warning: " + problem));
    }

    /**
     * Starts.
     *
     * @param source who makes the calls, in one word
     */
    public static StoredCalls start(Invocation invocation, String source, Patchbay patchbay) {
        return new StoredCalls(invocation, source, patchbay);
    }

    private synchronized SqliteSessionStore store() {
        if (store == null) {
            store = SessionFile.builder(file.orElseThrow(), invocation).open();
        }
        return store;
    }

    @Override
    public void accept(AccessRecord record) {
        if (file.isPresent()) {
            log.accept(record);
        }
    }

    @Override
    public void close() {
        log.close();
        closeStore();
    }

    private synchronized void closeStore() {
        if (store != null) {
            try {
                store.close();
            } catch (StoreException failure) {
                System.getLogger(StoredCalls.class.getName()).log(System.Logger.Level.DEBUG, "not closed", failure);
            }
        }
    }
}
