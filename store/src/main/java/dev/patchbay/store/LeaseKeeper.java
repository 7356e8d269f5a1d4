package dev.patchbay.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/** The thread that renews a process's lease, ends the sessions of processes that are gone, and passes on what others ask for. */
final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LeaseKeeper.class.getName());

    /** An interrupt shall reach the provider within a second. */
    private static final long LOOK_MILLIS = 250;

    private final Database database;
    private final Leases leases;
    private final Runnable owed;
    private final StoreThread thread = new StoreThread("patchbay-store-lease", this::run);
    private volatile Consumer<String> interrupter = sessionId -> {};

    /** @param owed writes what could not be written before */
    LeaseKeeper(Database database, Leases leases, Runnable owed) {
        this.owed = owed;
        this.database = database;
        this.leases = leases;
    }

    void onInterruptRequested(Consumer<String> consumer) {
        interrupter = consumer;
    }

    /** Starts, if it does not run. */
    void start() {
        thread.start();
    }

    private void run() throws InterruptedException {
        long looks = 0;
        long looksPerBeat = Leases.BEAT.toMillis() / LOOK_MILLIS;
        long version = -1;
        while (!thread.isClosedWithin(LOOK_MILLIS)) {
            looks++;
            version = look(version, looks % looksPerBeat == 0);
        }
    }

    private long look(long version, boolean beat) {
        try {
            if (beat) {
                leases.renew();
                leases.endExpired();
                owed.run();
                database.cutLog();
            }
            long now = database.outside(sql -> sql.number("PRAGMA data_version"));
            if (now != version) {
                interruptWhatWasAskedFor();
            }
            return now;
        } catch (RuntimeException failure) {
            // The next write of a session meets the same, and is told of it.
            LOG.log(Level.DEBUG, "the lease could not be renewed", failure);
            return version;
        }
    }

    private void interruptWhatWasAskedFor() {
        List<String> asked = database.read(sql -> sql.all(
                "SELECT id FROM sessions WHERE owner = ? AND interrupt_requested", row -> row.text("id"), leases.me()));
        asked.forEach(interrupter);
    }

    @Override
    public void close() {
        thread.close(() -> {});
    }
}
