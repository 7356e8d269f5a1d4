package dev.patchbay.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The thread that does what nobody shall wait for, beside what goes on: the index takes in what was written, and, in a process that
 * lasts, what is older than it may become is deleted, and what is left of deleted sessions is done away with. A little at a time, so
 * that whoever writes waits for a moment at most.
 */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Upkeep.class.getName());

    /** After which without a write it is taken for quiet: one event is followed by others most often, which are not to wait. */
    private static final long QUIET_MILLIS = 200;

    /** For quiet is not waited any longer: what is behind is searched as it stands, which takes the longer the more it is. */
    private static final long LONGEST_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** After which is looked for what other processes left. */
    private static final long LOOK_MILLIS = 10_000;

    /** Between two times in which something is deleted. */
    private static final long BETWEEN_TURNS_MILLIS = 1_000;

    /** What was not taken in when a store is closed is left to the next after this. */
    private static final long AT_THE_END_MILLIS = 200;

    private final Database database;
    private final TextIndex index;
    private final Housekeeping housekeeping;
    private final Semaphore written = new Semaphore(0);
    private final StoreThread thread = new StoreThread("patchbay-store-upkeep", this::run);
    private volatile boolean lasts;
    private volatile boolean wrote;

    /** Whether the index is behind what was written or deleted here, and since when; used by the thread alone. */
    private boolean behind;

    private long behindSince;

    Upkeep(Database database, TextIndex index, Housekeeping housekeeping) {
        this.database = database;
        this.index = index;
        this.housekeeping = housekeeping;
    }

    /** Something was written that the index lacks, or deleted that it still has. */
    void written() {
        wrote = true;
        written.release();
        thread.start();
    }

    /** This process lasts: it deletes what is to go, and takes in what others left. */
    void last() {
        lasts = true;
        thread.start();
    }

    private void run() throws InterruptedException {
        long pause = 0;
        do {
            if (written.tryAcquire(pause, TimeUnit.MILLISECONDS)) {
                behindSince = behind ? behindSince : System.nanoTime();
                behind = true;
                awaitQuiet();
            }
            pause = turn() ? LOOK_MILLIS : BETWEEN_TURNS_MILLIS;
        } while (!thread.isClosed());
    }

    private void awaitQuiet() throws InterruptedException {
        do {
            written.drainPermits();
        } while (!isFarBehind() && !thread.isClosed() && written.tryAcquire(QUIET_MILLIS, TimeUnit.MILLISECONDS));
    }

    private boolean isFarBehind() {
        return behind && System.nanoTime() - behindSince > LONGEST_BEHIND_NANOS;
    }

    /** Whether all is done, or others are to be waited for. */
    private boolean turn() throws InterruptedException {
        try {
            long begun = System.nanoTime();
            // Nothing is written to a damaged file unasked.
            while (database.damage().isEmpty() && (index.takeIn() || (lasts && housekeeping.purgeALittle()))) {
                if (thread.isClosedWithin(TextIndex.pauseMillis(begun))
                        || (written.availablePermits() > 0 && !isFarBehind())) {
                    return true;
                }
                begun = System.nanoTime();
            }
            behind = false;
            return !lasts || database.damage().isPresent() || thread.isClosed() || housekeeping.whenDue();
        } catch (RuntimeException failure) {
            // Whoever writes next meets the same, and is told of it.
            LOG.log(Level.DEBUG, "the index could not be brought up to date", failure);
            return true;
        }
    }

    /** Takes in what was written here, as much as fits into a moment. */
    @Override
    public void close() {
        thread.close(written::release);
        if (wrote && database.damage().isEmpty()) {
            takeInAtTheEnd();
        }
    }

    private void takeInAtTheEnd() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AT_THE_END_MILLIS);
        try {
            while (System.nanoTime() - end < 0 && index.takeIn()) {
                // Step by step.
            }
        } catch (RuntimeException failure) {
            LOG.log(Level.DEBUG, "the index was not brought up to date", failure);
        }
    }
}
