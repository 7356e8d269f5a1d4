package dev.patchbay.daemon;

import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Looks through the store once, while the daemon serves already: a damage shall be known before somebody stumbles over it. */
final class StoreCheck implements AutoCloseable {

    private static final Logger LOG = System.getLogger(StoreCheck.class.getName());

    /** A larger file is not looked through: to read it would take longer than others should have to wait for its log. */
    private static final long LARGEST = 256L << 20;

    private static final long END_MILLIS = 5_000;

    private final Thread thread;

    private StoreCheck(SqliteSessionStore store) {
        thread = new Thread(() -> look(store), "patchbay-store-check");
        thread.setDaemon(true);
    }

    static StoreCheck start(SqliteSessionStore store) {
        StoreCheck check = new StoreCheck(store);
        check.thread.start();
        return check;
    }

    private static void look(SqliteSessionStore store) {
        if (store.file().toFile().length() > LARGEST) {
            return;
        }
        try {
            store.health();
        } catch (StoreException failure) {
            LOG.log(Level.DEBUG, "the store could not be looked through", failure);
        }
        store.damage().ifPresent(damage -> LOG.log(Level.WARNING, damage));
    }

    @Override
    public void close() {
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
