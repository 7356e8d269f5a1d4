package dev.patchbay.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies what can be read of a damaged store into a new one: table by table as far as SQLite reads it, then what stands in pages to which
 * nothing leads any more, and at last what the copy lacks is put together from the rest. The damaged file stays as it is.
 */
final class Rescue {

    private static final Table SESSIONS = new Table("sessions", "key", "sessions");
    private static final Table REQUESTS = new Table("requests", "session", "questions");
    private static final Table EVENTS = new Table("events", "position", "conversations");
    private static final Table CALLS = new Table("calls", "id", "usage");
    private static final List<Table> TABLES = List.of(SESSIONS, REQUESTS, EVENTS, CALLS);

    private static final int BATCH = 200;

    private final Path source;
    private final Path copy;
    private final Sql damaged;
    private final Sql fresh;

    /** Those of which SQLite could not read all. */
    private final List<Table> broken = new ArrayList<>();

    private @Nullable SQLException failure;

    private Rescue(Path source, Path copy, Sql damaged, Sql fresh) {
        this.source = source;
        this.copy = copy;
        this.damaged = damaged;
        this.fresh = fresh;
    }

    /** A table, the column that is its number, and what a user calls it. */
    private record Table(String name, String key, String meaning) {}

    /**
     * Copies.
     *
     * @param target must not be there
     * @throws StoreException if nothing can be read, or the new file cannot be made
     */
    static RescuedSessions copy(Path source, Path target, Duration patience) {
        Path copy = target.resolveSibling(target.getFileName() + ".damaged");
        boolean done = false;
        try {
            // SQLite itself may change what it opens, above all its log.
            copyFile(source, copy);
            copyFile(beside(source, "-wal"), beside(copy, "-wal"));
            try (Sql damaged = StoreFile.connectToDamaged(copy, patience);
                    Database fresh = StoreFile.open(target, patience)) {
                requireKnownFormat(source, damaged);
                RescuedSessions rescued = fresh.write(sql -> new Rescue(source, copy, damaged, sql).run());
                done = true;
                return rescued;
            }
        } catch (SQLException failure) {
            throw Database.failure(source, failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            for (String end : List.of("", "-wal", "-shm", "-journal")) {
                delete(beside(copy, end));
                if (!done) {
                    delete(beside(target, end));
                }
            }
        }
    }

    private static void requireKnownFormat(Path source, Sql damaged) {
        long format;
        try {
            format = damaged.number("PRAGMA user_version");
        } catch (SQLException headless) {
            return;
        }
        if (format > StoreFile.FORMAT) {
            throw StoreException.newer(source, (int) format, StoreFile.FORMAT);
        }
    }

    private RescuedSessions run() throws SQLException {
        // A session may be found after what was said in it.
        fresh.script("PRAGMA defer_foreign_keys = ON");
        for (Table table : TABLES) {
            copyInOrder(table);
        }
        if (!broken.isEmpty()) {
            copyPages();
        }
        int reconstructed = reconstructSessions();
        int withoutQuestion = fresh.change(
                "INSERT INTO requests (session, title, query)"
                        + " SELECT key, '(its question is lost)', '' FROM sessions WHERE key NOT IN (SELECT session FROM requests)");
        fresh.change("DELETE FROM events WHERE session NOT IN (SELECT key FROM sessions)");
        fresh.change("DELETE FROM requests WHERE session NOT IN (SELECT key FROM sessions)");
        // Nobody runs it any more.
        fresh.change("UPDATE sessions SET owner = NULL, status = iif(status IN"
                + " ('draft', 'completed', 'failed', 'interrupted', 'discarded'), status, 'interrupted')");
        int sessions = (int) fresh.number("SELECT count(*) FROM sessions");
        if (sessions == 0 && failure != null) {
            throw StoreException.nothingReadable(source, Database.detail(failure), failure);
        }
        int withoutPiece = (int) fresh.number("SELECT count(*) FROM (SELECT 1 FROM events WHERE sequence IS NOT NULL"
                + " GROUP BY session HAVING count(*) < max(sequence))");
        return new RescuedSessions(
                sessions,
                withoutQuestion + withoutPiece,
                reconstructed,
                broken.stream().map(Table::meaning).toList());
    }

    /** Until a page that cannot be read; no row is read for another that stands before it. */
    private void copyInOrder(Table table) throws SQLException {
        long after = Long.MIN_VALUE;
        List<Map<String, Object>> rows = List.of(Map.of());
        while (!rows.isEmpty()) {
            try {
                rows = damaged.all(
                        "SELECT * FROM " + table.name + " WHERE " + table.key + " > ? ORDER BY " + table.key + " LIMIT "
                                + BATCH,
                        Sql.Row::all,
                        after);
            } catch (SQLException unreadable) {
                failure = unreadable;
                broken.add(table);
                return;
            }
            for (Map<String, Object> row : rows) {
                insert(table, row);
                after = row.get(table.key) instanceof Number key ? key.longValue() : after;
            }
        }
    }

    private void insert(Table table, Map<String, Object> row) throws SQLException {
        String names = String.join(", ", row.keySet());
        String marks = row.keySet().stream().map(name -> "?").collect(Collectors.joining(", "));
        fresh.change(
                "INSERT OR IGNORE INTO " + table.name + " (" + names + ") VALUES (" + marks + ")",
                row.values().toArray());
    }

    private void copyPages() throws SQLException {
        try {
            damaged.script("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException without) {
            // Then what stands in the log alone is not read.
            failure = without;
        }
        Map<Table, List<String>> columns = new LinkedHashMap<>();
        for (Table table : broken) {
            columns.put(table, fresh.all("PRAGMA table_info(" + table.name + ")", column -> column.text("name")));
        }
        try (LeafPages pages = LeafPages.of(copy)) {
            for (long page = 0; page < pages.count(); page++) {
                for (LeafPages.Row row : pages.rows(page)) {
                    Optional<Table> table = tableOf(row.values());
                    if (table.isPresent() && columns.containsKey(table.get())) {
                        insert(table.get(), named(row, columns.get(table.get()), table.get()));
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** No two tables of a store have as many columns; those that a later format added may be missing in an older row. */
    private static Optional<Table> tableOf(List<@Nullable Object> values) {
        return switch (values.size()) {
            case 4 -> areTexts(values, 1, 2) ? Optional.of(REQUESTS) : Optional.empty();
            case 10 -> areTexts(values, 3) ? Optional.of(EVENTS) : Optional.empty();
            case 15 -> areTexts(values, 2, 6) ? Optional.of(CALLS) : Optional.empty();
            case 35, 36, 37 -> areTexts(values, 1, 2, 4) ? Optional.of(SESSIONS) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean areTexts(List<@Nullable Object> values, int... places) {
        for (int place : places) {
            if (!(values.get(place) instanceof String)) {
                return false;
            }
        }
        return values.get(0) == null;
    }

    private static Map<String, Object> named(LeafPages.Row row, List<String> columns, Table table) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < row.values().size(); i++) {
            Object value = row.values().get(i);
            if (value != null) {
                named.put(columns.get(i), value);
            }
        }
        named.put(table.key, row.key());
        return named;
    }

    /** Of a session whose row is gone its indexes may know the name, and its conversation and calls the rest that is needed to show it. */
    private int reconstructSessions() throws SQLException {
        fresh.script("CREATE TEMP TABLE known (key INTEGER PRIMARY KEY, id TEXT, last_activity_at INTEGER,"
                + " parent_id TEXT, working_dir TEXT)");
        ask("SELECT key, id, last_activity_at FROM sessions ORDER BY last_activity_at DESC, id");
        ask("SELECT key, id FROM sessions ORDER BY id");
        ask("SELECT key, parent_id FROM sessions WHERE parent_id IS NOT NULL ORDER BY parent_id");
        ask(
                "SELECT key, working_dir, last_activity_at FROM sessions WHERE working_dir IS NOT NULL ORDER BY working_dir");
        int missing = fresh.change(
                "INSERT OR IGNORE INTO sessions (key, id, run_id, parent_id, status, working_dir, created_at,"
                        + " last_activity_at, archived, has_api_key, proxy_enabled)"
                        + " SELECT o.key, ifnull(k.id, lower(hex(randomblob(16)))), '', k.parent_id, ifnull((SELECT"
                        + " substr(detail, instr(detail, ' ') + 1) FROM events WHERE session = o.key AND kind = 'status'"
                        + " ORDER BY position DESC LIMIT 1), 'interrupted'), k.working_dir,"
                        + " ifnull((SELECT min(at) FROM events WHERE session = o.key), ifnull(k.last_activity_at, 0)),"
                        + " ifnull(k.last_activity_at, ifnull((SELECT max(at) FROM events WHERE session = o.key), 0)), 0, 0, 0"
                        + " FROM (SELECT session AS key FROM requests UNION SELECT session FROM events) o"
                        + " LEFT JOIN known k ON k.key = o.key WHERE o.key NOT IN (SELECT key FROM sessions)");
        fresh.change("UPDATE sessions SET (provider, model, model_id, set_provider, set_model) ="
                + " (SELECT provider, model, model, provider, model FROM calls WHERE session = sessions.id"
                + " ORDER BY id DESC LIMIT 1) WHERE run_id = ''");
        fresh.change("UPDATE sessions SET run_id = id WHERE run_id = ''");
        fresh.script("DROP TABLE known");
        return missing;
    }

    /** As far as an index that has all of that is whole. */
    private void ask(String query) throws SQLException {
        List<Map<String, Object>> found = new ArrayList<>();
        try {
            damaged.allTaken(query, row -> found.add(row.all()));
        } catch (SQLException unreadable) {
            failure = unreadable;
        }
        for (Map<String, Object> row : found) {
            List<String> names = List.copyOf(row.keySet());
            String marks = names.stream().map(name -> "?").collect(Collectors.joining(", "));
            String set =
                    names.stream().map(name -> name + " = excluded." + name).collect(Collectors.joining(", "));
            fresh.change(
                    "INSERT INTO known (" + String.join(", ", names) + ") VALUES (" + marks
                            + ") ON CONFLICT (key) DO UPDATE SET " + set,
                    row.values().toArray());
        }
    }

    private static Path beside(Path file, String end) {
        return file.resolveSibling(file.getFileName() + end);
    }

    private static void copyFile(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.createDirectories(to.toAbsolutePath().getParent());
            Files.createFile(to, NativeLibrary.owner("rw-------"));
            try (OutputStream out = Files.newOutputStream(to)) {
                Files.copy(from, out);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            System.getLogger(Rescue.class.getName()).log(System.Logger.Level.DEBUG, "not removed", left);
        }
    }
}
