package dev.patchbay.daemon.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.patchbay.codec.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads over REST, and the same rows straight from SQLite written as the same JSON, in rounds that alternate: a process of its own, compiled
 * as the daemon is. The connection is kept and read on the thread that asks, and so are the statements.
 */
final class ReadFigures {

    private static final int ROUNDS = 5;
    private static final int READS = 200;

    /** What the daemon and this process compile first. */
    private static final int WARM_UP = 4;

    private static final String SESSION = "s500";
    private static final String SESSIONS =
            "SELECT s.*, r.title, substr(r.query, 1, 2000) AS query FROM sessions s JOIN requests r ON r.session = s.key WHERE ";
    private static final JsonFactory JSON = new JsonFactory();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** One read; gives what it read as JSON. */
    private interface Read {
        byte[] run() throws Exception;
    }

    private final URI url;
    private final String token;
    private final Connection sqlite;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();
    private final Map<String, List<Long>> times = new LinkedHashMap<>();
    private final Map<String, Long> cpu = new LinkedHashMap<>();
    private final ProcessHandle daemon;

    private ReadFigures(URI url, String token, Connection sqlite, long daemon) {
        this.url = url;
        this.token = token;
        this.daemon = ProcessHandle.of(daemon).orElseThrow();
        this.sqlite = sqlite;
    }

    /** @param arguments address of the daemon, its token, its store, its process */
    public static void main(String[] arguments) throws Exception {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + arguments[2])) {
            new ReadFigures(URI.create(arguments[0]), arguments[1], sqlite, Long.parseLong(arguments[3])).run();
        }
    }

    private void run() throws Exception {
        same("list", () -> rest("/sessions?limit=50"), this::list);
        same("search", () -> rest("/sessions/search?query=needle&limit=50"), this::search);
        same("messages", () -> rest("/sessions/" + SESSION + "/messages"), this::messages);
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            boolean counts = round >= 0;
            measured("health over REST", counts, () -> rest("/health"));
            measured("list over REST", counts, () -> rest("/sessions?limit=50"));
            measured("list from SQLite", counts, this::list);
            measured("search over REST", counts, () -> rest("/sessions/search?query=needle&limit=50"));
            measured("search from SQLite", counts, this::search);
            measured("messages over REST", counts, () -> rest("/sessions/" + SESSION + "/messages"));
            measured("messages from SQLite", counts, this::messages);
        }
        times.forEach(this::print);
        for (String what : List.of("list", "search", "messages")) {
            String rest = what + " over REST";
            String direct = what + " from SQLite";
            System.out.printf(
                    "%s over REST takes %.1f times as long as from SQLite by medians, and %.1f times the CPU%n",
                    what, (double) middle(rest) / middle(direct), (double) cpu.get(rest) / cpu.get(direct));
        }
    }

    private long middle(String what) {
        List<Long> sorted = new ArrayList<>(times.getOrDefault(what, List.of()));
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** Both give the same, or nothing is worth measuring. */
    private static void same(String what, Read one, Read other) throws Exception {
        byte[] first = one.run();
        byte[] second = other.run();
        if (!Json.parse(first).equals(Json.parse(second))) {
            throw new IllegalStateException(
                    what + " is not the same:\n" + new String(first, UTF_8) + "\n" + new String(second, UTF_8));
        }
    }

    /** The CPU is that of this thread and of the daemon, which does what else it has to do meanwhile. */
    private void measured(String what, boolean counts, Read read) throws Exception {
        List<Long> round = new ArrayList<>();
        boolean isRest = what.endsWith("REST");
        long before = THREADS.getCurrentThreadCpuTime() + (isRest ? daemonCpu() : 0);
        for (int i = 0; i < READS; i++) {
            long begun = System.nanoTime();
            read.run();
            round.add((System.nanoTime() - begun) / 1_000);
        }
        long spent = THREADS.getCurrentThreadCpuTime() + (isRest ? daemonCpu() : 0) - before;
        if (counts) {
            times.computeIfAbsent(what, name -> new ArrayList<>()).addAll(round);
            cpu.merge(what, spent, Long::sum);
        }
    }

    private long daemonCpu() {
        return daemon.info().totalCpuDuration().orElseThrow().toNanos();
    }

    private void print(String what, List<Long> micros) {
        List<Long> sorted = new ArrayList<>(micros);
        Collections.sort(sorted);
        System.out.printf(
                "%-24s p50 %7d us, p95 %7d us, p99 %7d us, most %7d us, CPU %5d us each (%d)%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 95 / 100),
                sorted.get(sorted.size() * 99 / 100),
                sorted.get(sorted.size() - 1),
                cpu.getOrDefault(what, 0L) / 1_000 / sorted.size(),
                sorted.size());
    }

    private byte[] rest(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) url.resolve("/api/v1" + path).toURL().openConnection();
        connection.setRequestProperty("authorization", "Bearer " + token);
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = sqlite.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    private byte[] list() throws Exception {
        return written(json -> {
            String next = sessions(
                    json,
                    SESSIONS + "NOT s.archived AND s.status NOT IN ('draft', 'discarded') AND NOT EXISTS"
                            + " (SELECT 1 FROM sessions c WHERE c.parent_id = s.id) ORDER BY"
                            + " s.last_activity_at DESC, s.id LIMIT 51");
            try (ResultSet counts = statement("SELECT count(*) FILTER (WHERE NOT archived AND status NOT IN"
                            + " ('draft', 'discarded')), count(*) FILTER (WHERE archived), count(*) FILTER"
                            + " (WHERE status = 'draft') FROM sessions")
                    .executeQuery()) {
                counts.next();
                json.writeObjectFieldStart("counts");
                json.writeNumberField("normal", counts.getLong(1));
                json.writeNumberField("archived", counts.getLong(2));
                json.writeNumberField("draft", counts.getLong(3));
                json.writeEndObject();
            }
            json.writeStringField("next_cursor", next);
        });
    }

    private byte[] search() throws Exception {
        return written(json -> sessions(
                json,
                SESSIONS + "s.key IN (SELECT rowid FROM requests_text WHERE requests_text MATCH"
                        + " '\"needle\"' UNION SELECT session FROM events WHERE position IN (SELECT rowid"
                        + " FROM events_text WHERE events_text MATCH '\"needle\"')) ORDER BY"
                        + " s.last_activity_at DESC, s.id LIMIT 51"));
    }

    private byte[] messages() throws Exception {
        return written(json -> {
            json.writeArrayFieldStart("data");
            try (ResultSet rows = statement("SELECT e.sequence, e.at, e.role, e.text, e.is_completed FROM events e JOIN"
                            + " sessions s ON s.key = e.session WHERE s.id = '" + SESSION
                            + "' AND e.sequence IS NOT NULL ORDER BY e.sequence")
                    .executeQuery()) {
                while (rows.next()) {
                    json.writeStartObject();
                    json.writeStringField("id", SESSION + ":" + rows.getLong(1));
                    json.writeStringField("session_id", SESSION);
                    json.writeNumberField("sequence", rows.getLong(1));
                    json.writeStringField("event_type", "message");
                    json.writeStringField("created_at", moment(rows.getLong(2)));
                    json.writeStringField("role", rows.getString(3));
                    json.writeStringField("content", rows.getString(4));
                    json.writeBooleanField("is_completed", rows.getInt(5) != 0);
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
        });
    }

    /** Writes what a statement selects, at most 50 of it; returns the cursor behind that. */
    private String sessions(JsonGenerator json, String sql) throws Exception {
        String cursor = "";
        json.writeArrayFieldStart("data");
        try (ResultSet rows = statement(sql).executeQuery()) {
            for (int i = 0; i < 50 && rows.next(); i++) {
                json.writeStartObject();
                session(json, rows);
                json.writeEndObject();
                cursor = rows.getLong("last_activity_at") + "_" + rows.getString("id");
            }
        }
        json.writeEndArray();
        return cursor;
    }

    private static void session(JsonGenerator json, ResultSet row) throws Exception {
        json.writeStringField("id", row.getString("id"));
        json.writeStringField("run_id", row.getString("run_id"));
        text(json, "parent_session_id", row.getString("parent_id"));
        for (String column : List.of("status", "query", "title", "provider", "model", "model_id", "working_dir")) {
            text(json, column, row.getString(column));
        }
        long created = row.getLong("created_at");
        json.writeStringField("created_at", moment(created));
        json.writeStringField("last_activity_at", moment(row.getLong("last_activity_at")));
        long completed = row.getLong("completed_at");
        if (!row.wasNull()) {
            json.writeStringField("completed_at", moment(completed));
            json.writeNumberField("duration_ms", (completed - created) / 1_000_000);
        }
        text(json, "stop_reason", row.getString("stop_reason"));
        if (row.getString("error_type") != null) {
            error(json, row);
        }
        for (String column : List.of("cost_usd", "proxy_base_url", "proxy_model_override")) {
            text(json, column, row.getString(column));
        }
        for (String column : List.of("input_tokens", "output_tokens")) {
            long number = row.getLong(column);
            if (!row.wasNull()) {
                json.writeNumberField(column, number);
            }
        }
        json.writeBooleanField("archived", row.getInt("archived") != 0);
        json.writeBooleanField("proxy_enabled", row.getInt("proxy_enabled") != 0);
        json.writeBooleanField("has_api_key", row.getInt("has_api_key") != 0);
        json.writeArrayFieldStart("fallbacks");
        json.writeEndArray();
    }

    private static void error(JsonGenerator json, ResultSet row) throws Exception {
        json.writeStringField("error_message", row.getString("error_message"));
        json.writeObjectFieldStart("error");
        json.writeStringField("provider", row.getString("error_provider"));
        int status = row.getInt("error_status");
        if (!row.wasNull()) {
            json.writeNumberField("status", status);
        }
        json.writeStringField("type", row.getString("error_type"));
        json.writeStringField("message", row.getString("error_message"));
        text(json, "hint", row.getString("error_hint"));
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static String moment(long nanos) {
        return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000)
                .toString();
    }

    /** Something that is written as an object. */
    private interface Members {
        void write(JsonGenerator json) throws Exception;
    }

    private static byte[] written(Members members) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
