package dev.patchbay.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Connections to the file: one that writes, for one thread at a time, and a few that read beside it, each opened when it is needed first.
 * What is written is written as a whole or not at all, and read by whoever reads after that. Safe for use by several threads.
 */
final class Database implements AutoCloseable {

    /** Reads that take long, such as a search, shall not keep those waiting that take a moment. */
    private static final int MOST_READERS = 4;

    /** What the log may hold while the store is in use; with a reader at every moment, SQLite itself never begins it anew. */
    private static final long LONGEST_LOG = 32 << 20;

    /** By which a log that could not be cut may grow before it is tried again: whoever writes does not wait each time. */
    private static final long GROWTH = 1 << 20;

    /** Whoever reads for longer than this is not waited for: the log is cut next time. */
    private static final long CUT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** What the log may hold before whoever writes has to wait for those who read, on a busy machine perhaps for long. */
    private static final long FAR_TOO_LONG = 48 << 20;

    /** Shorter than a lease, which cannot be renewed meanwhile. */
    private static final long LONGEST_CUT_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** One attempt of it. */
    private static final int ATTEMPT_MILLIS = 50;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The least that those who share a file keep beside it. */
    private static final long SHARED_BYTES = 32 << 10;

    /** Fair, so that whoever writes much does not keep a lease from being renewed. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Semaphore reading = new Semaphore(MOST_READERS, true);
    private final ConcurrentLinkedDeque<Sql> readers = new ConcurrentLinkedDeque<>();
    private final Path file;
    private final File log;
    private final @Nullable Sql sql;
    private final Connector connector;
    private final @Nullable StoreException unwritable;
    private volatile @Nullable StoreException damage;
    private volatile boolean closed;

    /** The length of the log at which whoever writes cuts it; used under the lock. */
    private long cutAt = LONGEST_LOG;

    /** @param unwritable what is told to whoever writes a file that can only be read; null if it can be written */
    Database(Path file, Sql sql, Connector connector, @Nullable StoreException unwritable) {
        this.file = file;
        this.log = log(file);
        this.sql = sql;
        this.connector = connector;
        this.unwritable = unwritable;
    }

    /** Of a file that cannot be opened: every use of it fails with that. */
    Database(Path file, StoreException damage) {
        this.file = file;
        this.log = log(file);
        this.sql = null;
        this.connector = () -> {
            throw damage;
        };
        this.unwritable = damage;
        this.damage = damage;
    }

    private static File log(Path file) {
        return new File(file.toAbsolutePath() + "-wal");
    }

    /** Makes one more connection. */
    interface Connector {
        Sql connect() throws SQLException;
    }

    /** Something done with the store. */
    interface Work<T> {
        T run(Sql sql) throws SQLException;
    }

    Path file() {
        return file;
    }

    boolean isReadOnly() {
        return unwritable != null;
    }

    /** What was found to be damaged since it was opened; empty if nothing was yet. */
    Optional<StoreException> damage() {
        return Optional.ofNullable(damage);
    }

    /** Notes what was found. */
    void isDamaged(StoreException found) {
        damage = found;
    }

    /** Reads; all that it reads is of one moment. */
    <T> T read(Work<T> work) {
        reading.acquireUninterruptibly();
        try {
            requireOpen();
            Sql reader = readers.pollFirst();
            if (reader == null) {
                reader = connector.connect();
            }
            try {
                return run(reader, "BEGIN", work);
            } finally {
                readers.addFirst(reader);
            }
        } catch (SQLException failure) {
            throw told(failure);
        } finally {
            reading.release();
        }
    }

    /**
     * Reads by a connection of its own: SQLite's check of an index looks at what the connection knew of it when it last searched, and takes
     * what was merged away since for damage.
     */
    <T> T readAnew(Work<T> work) {
        requireOpen();
        try (Sql reader = connector.connect()) {
            return run(reader, "BEGIN", work);
        } catch (SQLException failure) {
            throw told(failure);
        }
    }

    /** Writes; returns when it is in the file. */
    <T> T write(Work<T> work) {
        return outside(writer -> {
            if (unwritable != null) {
                throw unwritable;
            }
            T result = run(writer, "BEGIN IMMEDIATE", work);
            try {
                if (log.length() > cutAt) {
                    cutAt = cutLog(writer, cutAt) ? LONGEST_LOG : log.length() + GROWTH;
                }
            } catch (SQLException later) {
                // What was to be written is written; whoever writes next meets what is wrong.
                return result;
            }
            return result;
        });
    }

    /** Gives the log's space back, if it holds more than it does in a store that is not used much. */
    void cutLog() {
        cutLog(StoreFile.LOG_BYTES);
    }

    /**
     * The same, if it holds more than so many bytes; where somebody reads it for longer than a moment, it is left as it is.
     *
     * @return whether it is no longer than that
     */
    boolean cutLog(long most) {
        // Nothing is written to a damaged file unasked.
        return !isReadOnly() && damage == null && outside(writer -> cutLog(writer, most));
    }

    /**
     * In several attempts: SQLite does not wait at all where another connection empties the log, and waits in vain for a place among the
     * readers that the next one takes as soon as it is free, which the next attempt sees.
     *
     * @return whether it is no longer than that
     */
    private boolean cutLog(Sql writer, long most) throws SQLException {
        if (log.length() <= most) {
            return true;
        }
        long end = System.nanoTime() + (log.length() > FAR_TOO_LONG ? LONGEST_CUT_NANOS : CUT_NANOS);
        long patience = writer.number("PRAGMA busy_timeout");
        writer.script("PRAGMA busy_timeout = " + ATTEMPT_MILLIS);
        try {
            boolean isCut = isCut(writer);
            // Whoever is interrupted waits no more: every pause would end at once.
            while (!isCut
                    && log.length() > most
                    && System.nanoTime() - end < 0
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(PAUSE_NANOS);
                isCut = isCutWithoutReaders(writer);
            }
            return log.length() <= most;
        } finally {
            writer.script("PRAGMA busy_timeout = " + patience);
        }
    }

    /** Those of this process wait until then, if those that read come to an end soon. */
    private boolean isCutWithoutReaders(Sql writer) throws SQLException {
        boolean alone = false;
        try {
            alone = reading.tryAcquire(MOST_READERS, ATTEMPT_MILLIS, TimeUnit.MILLISECONDS);
            return isCut(writer);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return isCut(writer);
        } finally {
            if (alone) {
                reading.release(MOST_READERS);
            }
        }
    }

    private static boolean isCut(Sql writer) throws SQLException {
        return writer.number("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
    }

    /** Runs what cannot be part of a transaction. */
    <T> T outside(Work<T> work) {
        lock.lock();
        try {
            requireOpen();
            return work.run(sql == null ? connector.connect() : sql);
        } catch (SQLException failure) {
            throw told(failure);
        } finally {
            lock.unlock();
        }
    }

    private static <T> T run(Sql connection, String begin, Work<T> work) throws SQLException {
        boolean done = false;
        connection.change(begin);
        try {
            T result = work.run(connection);
            connection.change("COMMIT");
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(connection);
            }
        }
    }

    private static void rollBack(Sql connection) {
        try {
            connection.change("ROLLBACK");
        } catch (SQLException alreadyDone) {
            // SQLite itself rolls back after some failures; the first one is told.
        }
    }

    private void requireOpen() {
        if (closed) {
            throw StoreException.unavailable(file, "it is closed", null);
        }
    }

    private StoreException told(SQLException failure) {
        OptionalInt newer = newerFormat(failure);
        if (newer.isPresent()) {
            return StoreException.upgraded(file, newer.getAsInt(), StoreFile.FORMAT, failure);
        }
        StoreException told = failure(file, failure);
        if (told.kind() == StoreException.Kind.DAMAGED) {
            isDamaged(told);
        }
        return told;
    }

    /** Where a statement is none any more, since a newer program has changed the tables meanwhile: the format that they have now. */
    private OptionalInt newerFormat(SQLException failure) {
        boolean mayBe =
                failure instanceof SQLiteException known && known.getResultCode() == SQLiteErrorCode.SQLITE_ERROR;
        if (!mayBe) {
            return OptionalInt.empty();
        }
        try (Sql another = connector.connect()) {
            int format = (int) another.number("PRAGMA user_version");
            return format > StoreFile.FORMAT ? OptionalInt.of(format) : OptionalInt.empty();
        } catch (SQLException unknown) {
            return OptionalInt.empty();
        }
    }

    /** Waits for what reads or writes. */
    @Override
    public void close() {
        lock.lock();
        reading.acquireUninterruptibly(MOST_READERS);
        try {
            if (!closed) {
                closed = true;
                // The one that writes last: with it goes the log.
                for (Sql reader : readers) {
                    reader.close();
                }
                if (sql != null) {
                    sql.close();
                }
            }
        } catch (SQLException failure) {
            throw failure(file, failure);
        } finally {
            reading.release(MOST_READERS);
            lock.unlock();
        }
    }

    /** What a failure of the driver means for the user. */
    static StoreException failure(Path file, SQLException failure) {
        String name =
                failure instanceof SQLiteException known ? known.getResultCode().name() : "";
        String detail = detail(failure);
        if (name.startsWith("SQLITE_CORRUPT") || name.startsWith("SQLITE_NOTADB")) {
            return StoreException.damaged(file, detail, failure);
        }
        if (name.startsWith("SQLITE_FULL") || (name.startsWith("SQLITE_IOERR") && isFull(file))) {
            return StoreException.noSpace(file, failure);
        }
        if (name.startsWith("SQLITE_READONLY")) {
            return StoreException.readOnly(file, failure);
        }
        if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
            return StoreException.busy(file, failure);
        }
        if (name.startsWith("SQLITE_PROTOCOL")) {
            return StoreException.networkDisk(file, "its locks do not work as those of a local disk", failure);
        }
        return StoreException.unavailable(file, detail, failure);
    }

    /** SQLite says of the memory that it shares with others only that it could not be made. */
    private static boolean isFull(Path file) {
        try {
            return Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() < SHARED_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** What the driver says, in SQLite's words. */
    static String detail(SQLException failure) {
        return failure instanceof SQLiteException known
                ? known.getResultCode().message
                : String.valueOf(failure.getMessage());
    }
}
