package dev.patchbay.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Deletes what is to go, so that nothing of it is left in the file, its index or its log. */
final class Housekeeping {

    private static final String RETENTION = "retention";
    private static final Duration PAUSE = Duration.ofDays(1);
    private static final Instant LAST_MOMENT = Sql.moment(Long.MAX_VALUE);

    /** The most sessions that one transaction deletes. */
    private static final int BATCH = 200;

    /** How long one transaction deletes, since others wait for it; a session is deleted whole. */
    private static final Duration TURN = Duration.ofMillis(30);

    /** The most pages that are given back at once: a few megabytes. */
    private static final int FREED_PAGES = 1_000;

    private static final int MOST_ROUNDS = 8;

    /** What a session may have in the index to be deleted at once, in bytes; of one that has more, the index lets go before. */
    private static final long MOST_INDEXED = 1 << 17;

    /** Sessions that are kept whatever their age: those that a younger one continues, or that run. */
    private static final String DISPENSABLE = "WITH RECURSIVE kept (id, parent_id) AS ("
            + " SELECT id, parent_id FROM sessions WHERE last_activity_at >= ?1 OR owner IS NOT NULL"
            + " UNION SELECT s.id, s.parent_id FROM sessions s JOIN kept k ON s.id = k.parent_id)"
            + " SELECT key FROM sessions WHERE last_activity_at < ?1 AND owner IS NULL"
            + " AND id NOT IN (SELECT id FROM kept) ORDER BY last_activity_at LIMIT ?2";

    private final Database database;
    private final TextIndex index;
    private final Retention retention;
    private final Clock clock;
    private final Duration limit;

    /** @param limit how long {@link #whenDue} and {@link #atTheEnd} may take */
    Housekeeping(Database database, TextIndex index, Retention retention, Clock clock, Duration limit) {
        this.database = database;
        this.index = index;
        this.retention = retention;
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * Deletes a session as a whole.
     *
     * @param purges whether nothing of it is left in the index either when this returns; else {@link #purgeALittle} is to be called
     * @return whether there was one
     */
    boolean forget(String sessionId, boolean purges) {
        boolean deleted = delete(sessionId);
        if (deleted && purges) {
            purge(() -> false, true);
        } else if (deleted) {
            wipe(false);
        }
        return deleted;
    }

    /**
     * Deletes several, and what the index has of all of them at once, which takes as long as for one.
     *
     * @return how many there were
     */
    int forget(Collection<String> sessionIds) {
        int deleted = 0;
        for (String id : sessionIds) {
            deleted += delete(id) ? 1 : 0;
        }
        purge(() -> false, true);
        return deleted;
    }

    private boolean delete(String sessionId) {
        Optional<Long> found = database.read(sql -> key(sql, sessionId));
        if (found.isEmpty()) {
            return false;
        }
        letGo(found.get(), () -> false);
        return database.write(sql -> {
            Optional<Long> key = key(sql, sessionId);
            if (key.isPresent()) {
                delete(sql, key.get());
            }
            return key.isPresent();
        });
    }

    private static Optional<Long> key(Sql sql, String sessionId) throws SQLException {
        return sql.first("SELECT key FROM sessions WHERE id = ?", row -> row.number("key"), sessionId);
    }

    /** Whether the index has let go of a session that has much in it. */
    private boolean letGo(long session, BooleanSupplier isOver) {
        return database.read(sql -> TextIndex.indexed(sql, session)) <= MOST_INDEXED || index.takeOut(session, isOver);
    }

    /** Deletes a session, in a transaction; what calls cost is kept without its name. */
    private static void delete(Sql sql, long key) throws SQLException {
        sql.change("UPDATE calls SET session = NULL WHERE session = (SELECT id FROM sessions WHERE key = ?)", key);
        sql.change("DELETE FROM events WHERE session = ?", key);
        sql.change("DELETE FROM requests WHERE session = ?", key);
        sql.change("DELETE FROM session_keys WHERE session = ?", key);
        sql.change("DELETE FROM sessions WHERE key = ?", key);
    }

    private void purge(BooleanSupplier isOver, boolean waits) {
        long begun = System.nanoTime();
        while (!isOver.getAsBoolean() && purgeALittle(waits)) {
            TextIndex.letOthersWrite(begun);
            begun = System.nanoTime();
        }
    }

    /**
     * Does a little of what it takes until nothing is left of deleted sessions, whoever deleted them.
     *
     * @return whether there was anything that could be done
     */
    boolean purgeALittle() {
        return purgeALittle(false);
    }

    private boolean purgeALittle(boolean waits) {
        if (!index.isToPurge()) {
            return false;
        }
        long merged = index.merge();
        if (merged == 0) {
            return true;
        }
        if (!wipe(waits)) {
            return false;
        }
        index.purged(merged);
        return true;
    }

    /**
     * Gives free pages back, and empties the log, in which deleted pages stand as they were.
     *
     * @param waits whether to wait for who reads, and others who write with it, or to leave the log to the next who empties it
     * @return whether it is empty
     */
    private boolean wipe(boolean waits) {
        long free = freePages();
        for (long before = free + 1; free > 0 && free < before; free = freePages()) {
            before = free;
            long begun = System.nanoTime();
            database.outside(sql -> {
                sql.script("PRAGMA incremental_vacuum(" + FREED_PAGES + ")");
                return true;
            });
            TextIndex.letOthersWrite(begun);
        }
        return waits ? database.outside(sql -> sql.number("PRAGMA wal_checkpoint(TRUNCATE)")) == 0 : database.cutLog(0);
    }

    private long freePages() {
        return database.outside(sql -> sql.number("PRAGMA freelist_count"));
    }

    int forgetOlderThan(Instant moment) {
        int deleted = forgetOlderThan(moment, System.nanoTime() + Long.MAX_VALUE / 2);
        purge(() -> false, true);
        return deleted;
    }

    /** What the retention says, if it is due, and what is left of deleted sessions: as much as fits into a moment. */
    void atTheEnd() {
        long end = System.nanoTime() + limit.toNanos();
        whenDue(end);
        purge(() -> isPast(end), false);
    }

    /**
     * Once a day, what the retention says, but not longer than for a moment.
     *
     * @return whether there is nothing left to do now
     */
    boolean whenDue() {
        return whenDue(System.nanoTime() + limit.toNanos());
    }

    private boolean whenDue(long end) {
        if (retention.isOff() || !isDue()) {
            return true;
        }
        retention.age().ifPresent(age -> forgetOlderThan(clock.instant().minus(age), end));
        retention.bytes().ifPresent(bytes -> shrink(bytes, end));
        if (isPast(end)) {
            return false;
        }
        database.write(sql -> sql.change(
                "INSERT INTO maintenance (task, at) VALUES (?1, ?2) ON CONFLICT (task) DO UPDATE SET at = ?2",
                RETENTION,
                clock.instant()));
        return true;
    }

    private boolean isDue() {
        long last = database.read(sql -> sql.number("SELECT at FROM maintenance WHERE task = ?", RETENTION));
        return last == 0
                || Duration.between(Sql.moment(last), clock.instant()).abs().compareTo(PAUSE) >= 0;
    }

    private int forgetOlderThan(Instant moment, long end) {
        int deleted = 0;
        int batch;
        do {
            long begun = System.nanoTime();
            batch = deleteBatch(moment, BATCH, end);
            deleted += batch;
            TextIndex.letOthersWrite(begun);
        } while (batch > 0 && !isPast(end));
        return deleted;
    }

    /** Lets the oldest go in the measure in which the store is too large, since a session alone says nothing of its index. */
    private void shrink(long bytes, long end) {
        long size = size();
        long left = 1;
        for (int round = 0; round < MOST_ROUNDS && size > bytes && left > 0; round++) {
            left = database.read(sql -> sql.number("SELECT count(*) FROM sessions"));
            long tooMany = 1 + left * (size - bytes) / size;
            int batch = 1;
            for (long deleted = 0; deleted < tooMany && batch > 0; deleted += batch) {
                long begun = System.nanoTime();
                batch = deleteBatch(LAST_MOMENT, (int) Math.min(BATCH, tooMany - deleted), end);
                if (isPast(end)) {
                    return;
                }
                TextIndex.letOthersWrite(begun);
            }
            left = batch;
            purge(() -> isPast(end), false);
            size = size();
        }
    }

    private static boolean isPast(long end) {
        return System.nanoTime() - end >= 0;
    }

    /** What is in use of the file. */
    private long size() {
        return database.read(sql -> sql.number("PRAGMA page_size")
                * (sql.number("PRAGMA page_count") - sql.number("PRAGMA freelist_count")));
    }

    /** Deletes the oldest in one turn, one at least unless the time is over before; returns how many. */
    private int deleteBatch(Instant before, int most, long end) {
        long turn = System.nanoTime() + TURN.toNanos();
        List<Long> oldest = database.read(sql -> dispensable(sql, before, most));
        if (oldest.isEmpty() || !letGo(oldest.get(0), () -> isPast(end))) {
            return 0;
        }
        return database.write(sql -> {
            int deleted = 0;
            for (long key : dispensable(sql, before, most)) {
                if (deleted > 0 && TextIndex.indexed(sql, key) > MOST_INDEXED) {
                    break;
                }
                delete(sql, key);
                deleted++;
                if (isPast(turn) || isPast(end)) {
                    break;
                }
            }
            return deleted;
        });
    }

    private static List<Long> dispensable(Sql sql, Instant before, int most) throws SQLException {
        return sql.all(DISPENSABLE, row -> row.number("key"), before, most);
    }
}
