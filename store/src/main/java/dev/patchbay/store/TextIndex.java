package dev.patchbay.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The index of what was asked and said. A row is in it, or in a list of those that it lacks ({@code 004.sql}) and is searched as it
 * stands; so nobody who writes waits for it, and what a killed process left is taken in by the next.
 */
final class TextIndex {

    /** What one transaction takes in or out, in bytes, and one row at least: about ten milliseconds, in which nobody else writes. */
    private static final int STEP_BYTES = 1 << 16;

    private static final int STEP_ROWS = 500;

    /** What one transaction merges, in pages of the index of 4 kB each: some ten milliseconds. */
    private static final int STEP_PAGES = 125;

    private static final long LEAST_PAUSE_MILLIS = 5;

    private static final List<Part> PARTS =
            List.of(new Part("requests", "session", "title, query"), new Part("events", "position", "text"));

    private final Database database;

    TextIndex(Database database) {
        this.database = database;
    }

    /** A table and those of its columns that are searched; the index is a table of nearly the same name. */
    private record Part(String table, String key, String columns) {

        private long waiting(Sql sql) throws SQLException {
            return sql.number("SELECT EXISTS (SELECT 1 FROM unindexed_" + table + " WHERE bytes IS NOT NULL)");
        }

        /** Whether any was taken in. */
        private boolean takeIn(Sql sql) throws SQLException {
            Step step = new Step();
            sql.allTaken(
                    "SELECT " + key + " AS key, bytes FROM unindexed_" + table + " WHERE bytes IS NOT NULL ORDER BY "
                            + key + " LIMIT " + STEP_ROWS,
                    row -> step.takes(row.number("key"), row.number("bytes")));
            if (step.rows > 0) {
                sql.change(
                        "INSERT INTO " + table + "_text (rowid, " + columns + ") SELECT " + key + ", " + columns
                                + " FROM " + table + " WHERE " + key + " IN (SELECT " + key + " FROM unindexed_"
                                + table + " WHERE bytes IS NOT NULL AND " + key + " <= ?)",
                        step.last);
                sql.change(
                        "DELETE FROM unindexed_" + table + " WHERE bytes IS NOT NULL AND " + key + " <= ?", step.last);
            }
            return step.rows > 0;
        }

        private boolean merge(Sql sql, int pages) throws SQLException {
            long before = sql.number("SELECT total_changes()");
            sql.change("INSERT INTO " + table + "_text (" + table + "_text, rank) VALUES ('merge', ?)", pages);
            // Such an order counts as a change itself.
            return sql.number("SELECT total_changes()") - before >= 2;
        }
    }

    /** Rows in order, as many as one transaction may hold. */
    private static final class Step {

        private int rows;
        private long bytes;
        private long last;

        private boolean takes(long key, long size) {
            if (rows > 0 && bytes + size > STEP_BYTES) {
                return false;
            }
            rows++;
            bytes += size;
            last = key;
            return true;
        }
    }

    /**
     * Takes in a little of what it lacks.
     *
     * @return whether there was any
     */
    boolean takeIn() {
        for (Part part : PARTS) {
            if (database.read(part::waiting) != 0 && database.write(part::takeIn)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes out what was asked and said in a session, a little at a time, so that deleting it holds nobody up. All of it is there and found as long
     * as it is not deleted, and nobody takes it in again.
     *
     * @param isOver whether to end before all is out
     * @return whether all is
     */
    boolean takeOut(long session, BooleanSupplier isOver) {
        long before = System.nanoTime();
        database.write(sql -> takeOutRequest(sql, session));
        letOthersWrite(before);
        long after = 0;
        do {
            long from = after;
            long begun = System.nanoTime();
            after = database.write(sql -> takeOut(sql, session, from));
            letOthersWrite(begun);
        } while (after > 0 && !isOver.getAsBoolean());
        return after == 0;
    }

    private static boolean takeOutRequest(Sql sql, long session) throws SQLException {
        sql.change(
                "INSERT INTO requests_text (requests_text, rowid, title, query) SELECT 'delete', session, title, query"
                        + " FROM requests WHERE session = ? AND session NOT IN (SELECT session FROM unindexed_requests)",
                session);
        sql.change(
                "INSERT OR REPLACE INTO unindexed_requests (session, bytes) SELECT session, NULL FROM requests"
                        + " WHERE session = ?",
                session);
        return true;
    }

    /** Returns where the next step begins; 0 if there is none. */
    private static long takeOut(Sql sql, long session, long after) throws SQLException {
        Step step = new Step();
        List<Long> positions = new ArrayList<>();
        sql.allTaken(
                "SELECT sequence, position, iif(position IN (SELECT position FROM unindexed_events), 0, octet_length(text)) AS bytes"
                        + " FROM events WHERE session = ? AND sequence > ? AND text IS NOT NULL ORDER BY sequence LIMIT "
                        + STEP_ROWS,
                row -> step.takes(row.number("sequence"), row.number("bytes")) && positions.add(row.number("position")),
                session,
                after);
        for (long position : positions) {
            sql.change(
                    "INSERT INTO events_text (events_text, rowid, text) SELECT 'delete', position, text FROM events"
                            + " WHERE position = ? AND position NOT IN (SELECT position FROM unindexed_events)",
                    position);
            sql.change("INSERT OR REPLACE INTO unindexed_events (position, bytes) VALUES (?, NULL)", position);
        }
        return step.last;
    }

    /** What of a session is in the index, in bytes. */
    static long indexed(Sql sql, long session) throws SQLException {
        return sql.number(
                "SELECT (SELECT ifnull(sum(octet_length(text)), 0) FROM events WHERE session = ?1"
                        + " AND position NOT IN (SELECT position FROM unindexed_events))"
                        + " + (SELECT ifnull(sum(octet_length(title) + octet_length(query)), 0) FROM requests"
                        + " WHERE session = ?1 AND session NOT IN (SELECT session FROM unindexed_requests))",
                session);
    }

    /**
     * How long to pause after a step, for who waits for the file: another process tries every few milliseconds to write, and more and more
     * seldom the longer it has waited, so that it would hardly ever meet a short pause between long steps.
     */
    static long pauseMillis(long begun) {
        return Math.max(LEAST_PAUSE_MILLIS, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    static void letOthersWrite(long begun) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis(begun)));
    }

    /** Whether it may have something of deleted sessions. */
    boolean isToPurge() {
        return database.read(sql -> sql.number("SELECT deletions > purged FROM purges")) != 0;
    }

    /**
     * Merges a little of it, by which what it kept of deleted texts goes out of it.
     *
     * @return how many deletions are merged away; 0 if there is more to merge
     */
    long merge() {
        return database.write(sql -> {
            long begun = sql.number("SELECT begun FROM purges WHERE begun > purged");
            if (begun == 0) {
                for (Part part : PARTS) {
                    // So a merge of all that is there begins; with a positive number it goes on.
                    part.merge(sql, -STEP_PAGES);
                }
                sql.change("UPDATE purges SET begun = deletions");
                return 0L;
            }
            for (Part part : PARTS) {
                if (part.merge(sql, STEP_PAGES)) {
                    return 0L;
                }
            }
            return begun;
        });
    }

    /** Nothing is left of so many deletions. */
    void purged(long deletions) {
        database.write(sql -> sql.change("UPDATE purges SET purged = max(purged, ?)", deletions));
    }
}
