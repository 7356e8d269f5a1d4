package dev.patchbay.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Deletes what is to go, so that nothing of it is left in the file, its index or its log. */
final class Housekeeping {

    private static final String RETENTION = "retention";
    private static final Duration PAUSE = Duration.ofDays(1);
    private static final Instant LAST_MOMENT = Sql.moment(Long.MAX_VALUE);

    /** The most sessions that one transaction deletes. */
    private static final int BATCH = 200;

    /** How long one transaction deletes, since others wait for it; a session is deleted whole. */
    private static final Duration TURN = Duration.ofMillis(100);

    /** The most pages of the index that are put together at once: a few megabytes. */
    private static final int MERGED_PAGES = 2_000;

    private static final int MOST_ROUNDS = 8;

    /** Sessions that are kept whatever their age: those that a younger one continues, or that run. */
    private static final String DISPENSABLE = "WITH RECURSIVE kept (id, parent_id) AS ("
            + " SELECT id, parent_id FROM sessions WHERE last_activity_at >= ?1 OR owner IS NOT NULL"
            + " UNION SELECT s.id, s.parent_id FROM sessions s JOIN kept k ON s.id = k.parent_id)"
            + " SELECT key FROM sessions WHERE last_activity_at < ?1 AND owner IS NULL"
            + " AND id NOT IN (SELECT id FROM kept) ORDER BY last_activity_at LIMIT ?2";

    private final Database database;
    private final Retention retention;
    private final Clock clock;
    private final Duration limit;

    /** @param limit how long {@link #whenDue} may take */
    Housekeeping(Database database, Retention retention, Clock clock, Duration limit) {
        this.database = database;
        this.retention = retention;
        this.clock = clock;
        this.limit = limit;
    }

    /** Deletes a session, in a transaction; what calls cost is kept without its name. */
    static void delete(Sql sql, long key) throws SQLException {
        sql.change("UPDATE calls SET session = NULL WHERE session = (SELECT id FROM sessions WHERE key = ?)", key);
        sql.change("DELETE FROM events WHERE session = ?", key);
        sql.change("DELETE FROM requests WHERE session = ?", key);
        sql.change("DELETE FROM session_keys WHERE session = ?", key);
        sql.change("DELETE FROM sessions WHERE key = ?", key);
    }

    /** Empties the log, in which deleted pages stand as they were, and gives free pages back. */
    void wipe() {
        database.outside(sql -> {
            sql.script("PRAGMA incremental_vacuum");
            sql.script("PRAGMA wal_checkpoint(TRUNCATE)");
            return true;
        });
    }

    int forgetOlderThan(Instant moment) {
        int deleted = 0;
        int batch;
        do {
            batch = deleteBatch(moment, BATCH, System.nanoTime() + TURN.toNanos());
            deleted += batch;
        } while (batch > 0);
        tidy(deleted);
        return deleted;
    }

    /**
     * Once a day, what the retention says. Whoever closes a store waits for it: what is more than fits into a moment goes when a store is
     * closed the next time.
     */
    void whenDue() {
        if (retention.equals(Retention.OFF) || !isDue()) {
            return;
        }
        long end = System.nanoTime() + limit.toNanos();
        boolean isDone = retention
                .age()
                .map(age -> forgetOlderThan(clock.instant().minus(age), end))
                .orElse(true);
        if (isDone && retention.bytes().map(bytes -> shrink(bytes, end)).orElse(true)) {
            database.write(sql -> sql.change(
                    "INSERT INTO maintenance (task, at) VALUES (?1, ?2) ON CONFLICT (task) DO UPDATE SET at = ?2",
                    RETENTION,
                    clock.instant()));
        }
    }

    private boolean isDue() {
        long last = database.read(sql -> sql.number("SELECT at FROM maintenance WHERE task = ?", RETENTION));
        return last == 0
                || Duration.between(Sql.moment(last), clock.instant()).abs().compareTo(PAUSE) >= 0;
    }

    /** Whether all that was to go is gone. */
    private boolean forgetOlderThan(Instant moment, long end) {
        int deleted = 0;
        int batch;
        do {
            batch = deleteBatch(moment, BATCH, turn(end));
            deleted += batch;
        } while (batch > 0 && !isPast(end));
        tidy(deleted);
        return batch == 0;
    }

    /**
     * Lets the oldest go in the measure in which the store is too large, since a session alone says nothing of its index.
     *
     * @return whether it is as small as it is to be, or can be
     */
    private boolean shrink(long bytes, long end) {
        long size = size();
        long left = 1;
        for (int round = 0; round < MOST_ROUNDS && size > bytes && left > 0; round++) {
            left = database.read(sql -> sql.number("SELECT count(*) FROM sessions"));
            long tooMany = 1 + left * (size - bytes) / size;
            int batch = 1;
            for (long deleted = 0; deleted < tooMany && batch > 0; deleted += batch) {
                batch = deleteBatch(LAST_MOMENT, (int) Math.min(BATCH, tooMany - deleted), turn(end));
                if (isPast(end)) {
                    tidy(batch);
                    return false;
                }
            }
            left = batch;
            database.write(sql -> index(sql, "optimize", 0));
            wipe();
            size = size();
        }
        return true;
    }

    private void tidy(int deleted) {
        if (deleted > 0) {
            database.write(sql -> index(sql, "merge", -MERGED_PAGES));
            wipe();
        }
    }

    private static long turn(long end) {
        long turn = System.nanoTime() + TURN.toNanos();
        return turn - end < 0 ? turn : end;
    }

    private static boolean isPast(long end) {
        return System.nanoTime() - end >= 0;
    }

    /** The index keeps the pages of what was deleted until it is merged. */
    private static int index(Sql sql, String order, long rank) throws SQLException {
        sql.change("INSERT INTO events_text (events_text, rank) VALUES (?, ?)", order, rank);
        return sql.change("INSERT INTO requests_text (requests_text, rank) VALUES (?, ?)", order, rank);
    }

    /** What is in use of the file. */
    private long size() {
        return database.read(sql -> sql.number("PRAGMA page_size")
                * (sql.number("PRAGMA page_count") - sql.number("PRAGMA freelist_count")));
    }

    /** Deletes the oldest, one at least, until a time; returns how many. */
    private int deleteBatch(Instant before, int most, long end) {
        return database.write(sql -> {
            int deleted = 0;
            for (long key : sql.all(DISPENSABLE, row -> row.number("key"), before, most)) {
                delete(sql, key);
                deleted++;
                if (isPast(end)) {
                    break;
                }
            }
            return deleted;
        });
    }
}
