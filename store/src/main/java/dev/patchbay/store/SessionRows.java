package dev.patchbay.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.session.RequestTemplate;
import dev.patchbay.session.SessionError;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionSettings;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.session.StoredJson;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Records of sessions as rows. */
final class SessionRows {

    /** What {@link #read} needs, of {@code sessions s} and {@code requests r}. */
    static final String SELECT =
            "SELECT s.*, r.title, r.query, r.template FROM sessions s JOIN requests r ON r.session = s.key";

    /** The same for a list, whatever was asked: the beginning of each question, and no template. */
    static final String SELECT_BRIEF = "SELECT s.*, r.title, substr(r.query, 1, " + SqliteSessionStore.LISTED_QUERY
            + ") AS query, NULL AS template" + " FROM sessions s JOIN requests r ON r.session = s.key";

    private static final String EMPTY = "{}";

    private static final String COLUMNS =
            "run_id = ?, parent_id = ?, status = ?, provider = ?, model = ?, model_id = ?, working_dir = ?,"
                    + " created_at = ?, last_activity_at = ?, completed_at = ?, stop_reason = ?, error_provider = ?,"
                    + " error_status = ?, error_type = ?, error_message = ?, error_hint = ?, failures = ?,"
                    + " input_tokens = ?, output_tokens = ?, cache_read_tokens = ?, cache_creation_tokens = ?,"
                    + " thinking_tokens = ?, cost_usd = ?, archived = ?, has_api_key = ?, set_provider = ?,"
                    + " set_model = ?, proxy_enabled = ?, proxy_base_url = ?, proxy_model_override = ?, key_sent = ?,"
                    + " first_token_ms = ?, owner = ?";

    private SessionRows() {}

    /** Adds a session; returns its key. */
    static long insert(Sql sql, SessionRecord session, @Nullable String owner) throws SQLException {
        sql.change(
                "INSERT INTO sessions (id, run_id, status, created_at, last_activity_at, archived, has_api_key,"
                        + " proxy_enabled) VALUES (?, '', '', 0, 0, 0, 0, 0)",
                session.id());
        long key = sql.number("SELECT last_insert_rowid()");
        update(sql, key, session, owner);
        sql.change(
                "INSERT INTO requests (session, title, query, template) VALUES (?, ?, ?, ?)",
                key,
                session.title(),
                session.query(),
                template(session.template()));
        return key;
    }

    /** Replaces what a session says. */
    static void replace(Sql sql, long key, SessionRecord session, @Nullable String owner) throws SQLException {
        update(sql, key, session, owner);
        sql.change(
                "UPDATE requests SET title = ?1, query = ?2, template = ?3 WHERE session = ?4"
                        + " AND (title IS NOT ?1 OR query IS NOT ?2 OR template IS NOT ?3)",
                session.title(),
                session.query(),
                template(session.template()),
                key);
    }

    private static void update(Sql sql, long key, SessionRecord session, @Nullable String owner) throws SQLException {
        Optional<SessionError> error = session.error();
        Usage usage = session.usage();
        SessionSettings settings = session.settings();
        sql.change(
                "UPDATE sessions SET " + COLUMNS + " WHERE key = ?",
                session.runId(),
                session.parentId(),
                session.status().word(),
                session.provider(),
                session.model(),
                session.modelId(),
                session.workingDir(),
                session.createdAt(),
                session.lastActivityAt(),
                session.completedAt(),
                session.stopReason().map(StopReason::value),
                error.map(SessionError::provider),
                error.map(SessionError::status).orElse(OptionalInt.empty()),
                error.map(SessionError::type),
                error.map(SessionError::message),
                error.flatMap(SessionError::hint),
                failures(session.failures()),
                usage.inputTokens(),
                usage.outputTokens(),
                usage.cacheReadTokens(),
                usage.cacheCreationTokens(),
                usage.thinkingTokens(),
                session.costUsd(),
                session.archived(),
                session.hasApiKey(),
                settings.provider(),
                settings.model(),
                settings.proxyEnabled(),
                settings.proxyBaseUrl(),
                settings.proxyModelOverride(),
                session.keySent(),
                session.firstToken().map(Duration::toMillis),
                owner,
                key);
    }

    static SessionRecord read(Sql.Row row) throws SQLException {
        SessionRecord.Builder session = SessionRecord.builder(
                        row.text("id"), row.text("run_id"), row.text("query"), row.moment("created_at"))
                .title(row.text("title"))
                .status(status(row.text("status")))
                .workingDir(row.textOrNull("working_dir"))
                .lastActivityAt(row.moment("last_activity_at"))
                .archived(row.truth("archived"))
                .usage(usage(row))
                .settings(SessionSettings.builder()
                        .provider(row.textOrNull("set_provider"))
                        .model(row.textOrNull("set_model"))
                        .proxyEnabled(row.truth("proxy_enabled"))
                        .proxyBaseUrl(row.textOrNull("proxy_base_url"))
                        .proxyModelOverride(row.textOrNull("proxy_model_override"))
                        .build())
                .hasApiKey(row.truth("has_api_key"))
                .keySent(row.truth("key_sent"));
        row.numberIfAny("first_token_ms").ifPresent(millis -> session.firstToken(Duration.ofMillis(millis)));
        resolved(row, session);
        text(row, "parent_id").ifPresent(session::parentId);
        if (row.numberIfAny("completed_at").isPresent()) {
            session.completedAt(row.moment("completed_at"));
        }
        text(row, "stop_reason").map(StopReason::new).ifPresent(session::stopReason);
        text(row, "cost_usd").map(BigDecimal::new).ifPresent(session::costUsd);
        text(row, "template").map(StoredJson::template).ifPresent(session::template);
        text(row, "failures").map(SessionRows::failures).ifPresent(session::failures);
        Optional<String> error = text(row, "error_type");
        if (error.isPresent()) {
            session.error(error(row, error.get()));
        }
        return session.build();
    }

    /** A session behind those that it continues, the first one in front; empty if there is none. */
    static List<String> chain(Sql sql, String sessionId) throws SQLException {
        Deque<String> chain = new ArrayDeque<>();
        Optional<String> next = Optional.of(sessionId);
        while (next.isPresent() && !chain.contains(next.get())) {
            String id = next.get();
            Optional<Optional<String>> found = sql.first(
                    "SELECT parent_id FROM sessions WHERE id = ?",
                    row -> Optional.ofNullable(row.textOrNull("parent_id")),
                    id);
            found.ifPresent(parent -> chain.push(id));
            next = found.flatMap(parent -> parent);
        }
        return List.copyOf(chain);
    }

    static SessionStatus status(String word) {
        return SessionStatus.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static void resolved(Sql.Row row, SessionRecord.Builder session) throws SQLException {
        String provider = row.textOrNull("provider");
        String model = row.textOrNull("model");
        String modelId = row.textOrNull("model_id");
        if (provider != null && model != null && modelId != null) {
            session.resolved(provider, model, modelId);
        }
    }

    private static SessionError error(Sql.Row row, String type) throws SQLException {
        return new SessionError(
                text(row, "error_provider").orElse(""),
                asInt(row.numberIfAny("error_status")),
                type,
                text(row, "error_message").orElse(""),
                text(row, "error_hint"));
    }

    private static OptionalInt asInt(java.util.OptionalLong number) {
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    private static Usage usage(Sql.Row row) throws SQLException {
        Usage.Builder usage = Usage.builder();
        row.numberIfAny("input_tokens").ifPresent(usage::inputTokens);
        row.numberIfAny("output_tokens").ifPresent(usage::outputTokens);
        row.numberIfAny("cache_read_tokens").ifPresent(usage::cacheReadTokens);
        row.numberIfAny("cache_creation_tokens").ifPresent(usage::cacheCreationTokens);
        row.numberIfAny("thinking_tokens").ifPresent(usage::thinkingTokens);
        return usage.build();
    }

    private static Optional<String> text(Sql.Row row, String column) throws SQLException {
        return Optional.ofNullable(row.textOrNull(column));
    }

    /** Null for one that says nothing, so that a list need not read JSON. */
    private static @Nullable String template(RequestTemplate template) {
        if (template == RequestTemplate.EMPTY) {
            return null;
        }
        String json = UnicodeText.escaped(StoredJson.of(template));
        return json.equals(EMPTY) ? null : json;
    }

    private static @Nullable String failures(List<SessionError> failures) {
        if (failures.isEmpty()) {
            return null;
        }
        ArrayNode array = Json.array();
        for (SessionError failure : failures) {
            ObjectNode node = array.addObject();
            node.put("provider", failure.provider());
            failure.status().ifPresent(status -> node.put("status", status));
            node.put("type", failure.type());
            node.put("message", failure.message());
            failure.hint().ifPresent(hint -> node.put("hint", hint));
        }
        return UnicodeText.escaped(Json.text(array));
    }

    private static List<SessionError> failures(String json) {
        List<SessionError> failures = new ArrayList<>();
        for (JsonNode node : Json.parse(json)) {
            failures.add(new SessionError(
                    node.path("provider").asText(),
                    node.has("status") ? OptionalInt.of(node.path("status").asInt()) : OptionalInt.empty(),
                    node.path("type").asText(),
                    node.path("message").asText(),
                    Optional.ofNullable(node.path("hint").textValue())));
        }
        return failures;
    }
}
