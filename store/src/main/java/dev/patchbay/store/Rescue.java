package dev.patchbay.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Copies what can be read of a damaged store into a new one, session by session. The damaged file stays as it is. */
final class Rescue {

    /** Ways to find sessions: where one meets a broken page, another may come from the other side. */
    private static final List<String> LOOKS = List.of(
            "SELECT key FROM sessions ORDER BY key",
            "SELECT key FROM sessions ORDER BY key DESC",
            "SELECT key FROM sessions ORDER BY last_activity_at DESC, id",
            "SELECT session AS key FROM requests ORDER BY session",
            "SELECT session AS key FROM requests ORDER BY session DESC");

    private final Sql damaged;
    private final Sql fresh;
    private int sessions;
    private int incomplete;

    private Rescue(Sql damaged, Sql fresh) {
        this.damaged = damaged;
        this.fresh = fresh;
    }

    /**
     * Copies.
     *
     * @param target must not be there
     * @throws StoreException if the damaged file cannot be read at all, or the new one cannot be made
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
                RescuedSessions rescued = fresh.write(sql -> {
                    Rescue rescue = new Rescue(damaged, sql);
                    rescue.run();
                    return new RescuedSessions(rescue.sessions, rescue.incomplete);
                });
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

    private void run() throws SQLException {
        Set<Long> keys = new TreeSet<>();
        @Nullable SQLException failure = null;
        for (String look : LOOKS) {
            try {
                damaged.all(look, row -> keys.add(row.number("key")));
            } catch (SQLException broken) {
                failure = broken;
            }
        }
        if (keys.isEmpty() && failure != null) {
            throw failure;
        }
        for (long key : keys) {
            session(key);
        }
        if (sessions == 0 && failure != null) {
            throw failure;
        }
    }

    private void session(long key) throws SQLException {
        List<Map<String, Object>> session;
        List<Map<String, Object>> request;
        try {
            session = rows("SELECT * FROM sessions WHERE key = ?", key);
            request = rows("SELECT * FROM requests WHERE session = ?", key);
        } catch (SQLException broken) {
            return;
        }
        if (session.isEmpty() || request.isEmpty()) {
            return;
        }
        // Nobody runs it any more.
        session.get(0).remove("owner");
        insert("sessions", session.get(0));
        insert("requests", request.get(0));
        sessions++;
        List<Map<String, Object>> events = new ArrayList<>();
        try {
            damaged.all("SELECT * FROM events WHERE session = ? ORDER BY position", row -> events.add(row.all()), key);
        } catch (SQLException broken) {
            incomplete++;
        }
        for (Map<String, Object> event : events) {
            insert("events", event);
        }
    }

    private List<Map<String, Object>> rows(String query, long key) throws SQLException {
        return damaged.all(query, Sql.Row::all, key);
    }

    private void insert(String table, Map<String, Object> row) throws SQLException {
        Map<String, Object> set = new LinkedHashMap<>(row);
        String names = String.join(", ", set.keySet());
        String marks = set.keySet().stream().map(name -> "?").collect(Collectors.joining(", "));
        fresh.change(
                "INSERT OR IGNORE INTO " + table + " (" + names + ") VALUES (" + marks + ")",
                set.values().toArray());
    }

    private static Path beside(Path file, String end) {
        return file.resolveSibling(file.getFileName() + end);
    }

    private static void copyFile(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.createDirectories(to.toAbsolutePath().getParent());
            Files.createFile(to, NativeLibrary.owner("rw-------"));
            Files.write(to, Files.readAllBytes(from));
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
