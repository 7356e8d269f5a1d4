package dev.patchbay.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.EventLog;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.StoredJson;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events as rows. */
final class EventRows {

    private static final String CONVERSATION = "conversation";
    private static final String STATUS = "status";
    private static final String PROVIDER = "provider";
    private static final String SETTINGS = "settings";

    /** Of what a page of events says, beyond which it ends. */
    private static final long PAGE_BYTES = 1 << 20;

    /** The same of a page of one conversation, which each client holds that reads it slowly. */
    private static final long CONVERSATION_BYTES = 1 << 18;

    private static final int CONVERSATION_PIECES = 500;

    private EventRows() {}

    /**
     * Adds what happened in a session.
     *
     * @throws IllegalStateException if a piece of the conversation does not follow the one before
     */
    static void insert(Sql sql, long session, List<SessionEvent> events, Instant now) throws SQLException {
        for (SessionEvent event : events) {
            if (event instanceof SessionEvent.ConversationUpdated updated) {
                said(sql, session, updated.event());
            } else if (event instanceof SessionEvent.StatusChanged changed) {
                told(
                        sql,
                        session,
                        now,
                        STATUS,
                        changed.from().word() + " " + changed.to().word());
            } else if (event instanceof SessionEvent.ProviderChanged changed) {
                told(sql, session, now, PROVIDER, json(changed));
            } else if (event instanceof SessionEvent.SettingsChanged) {
                told(sql, session, now, SETTINGS, null);
            }
        }
    }

    static List<ConversationEvent> conversation(Sql sql, String sessionId) throws SQLException {
        return sql.all(
                "SELECT e.*, s.id FROM events e JOIN sessions s ON s.key = e.session"
                        + " WHERE s.id = ? AND e.sequence IS NOT NULL ORDER BY e.sequence",
                EventRows::said,
                sessionId);
    }

    /** Newest first; not more than fit into {@link #PAGE_BYTES}, but one at least. */
    static List<ConversationEvent> conversationBefore(Sql sql, String sessionId, long sequence, int limit)
            throws SQLException {
        return sql.all(
                "SELECT e.*, s.id FROM events e JOIN sessions s ON s.key = e.session"
                        + " WHERE s.id = ?1 AND e.sequence < ?2 AND e.sequence >= (SELECT min(sequence) FROM ("
                        + "SELECT sequence, sum(size) OVER (ORDER BY sequence DESC) - size AS before FROM ("
                        + "SELECT sequence, ifnull(octet_length(text), 0) + ifnull(octet_length(block), 0) AS size"
                        + " FROM events WHERE session = (SELECT key FROM sessions WHERE id = ?1) AND sequence < ?2"
                        + " ORDER BY sequence DESC LIMIT ?3))"
                        + " WHERE before < ?4)"
                        + " ORDER BY e.sequence DESC",
                EventRows::said,
                sessionId,
                sequence,
                limit,
                PAGE_BYTES);
    }

    /** The same after a position, in order. */
    static List<ConversationEvent> conversationAfter(Sql sql, String sessionId, long sequence, int limit)
            throws SQLException {
        return page(sql, sessionId, sequence, limit, PAGE_BYTES).events();
    }

    /** Not more than fit into {@link #CONVERSATION_BYTES}, but one at least. */
    static ConversationPage conversationPage(Sql sql, String sessionId, long sequence) throws SQLException {
        return page(sql, sessionId, sequence, CONVERSATION_PIECES, CONVERSATION_BYTES);
    }

    private static ConversationPage page(Sql sql, String sessionId, long sequence, int limit, long bytes)
            throws SQLException {
        List<ConversationEvent> page = new ArrayList<>();
        boolean isLast = addTo(page, new long[1], sql, sessionId, sequence, limit, bytes, 1);
        return new ConversationPage(page, isLast);
    }

    /** Whole conversations one after another; empty if they do not fit into a page, of which nothing longer is read. */
    static Optional<List<ConversationEvent>> fitting(Sql sql, List<String> sessionIds) throws SQLException {
        List<ConversationEvent> all = new ArrayList<>();
        long[] bytes = new long[1];
        for (String id : sessionIds) {
            if (!addTo(all, bytes, sql, id, 0, CONVERSATION_PIECES, CONVERSATION_BYTES, 0)) {
                return Optional.empty();
            }
        }
        return Optional.of(all);
    }

    /**
     * Adds what comes after a position, as far as it fits; what does not is not read.
     *
     * @param bytes what the page holds
     * @param least so many are added, however long they are
     * @return whether that is all
     */
    private static boolean addTo(
            List<ConversationEvent> page,
            long[] bytes,
            Sql sql,
            String sessionId,
            long sequence,
            int limit,
            long most,
            int least)
            throws SQLException {
        return sql.allTaken(
                "SELECT sequence, at, role, text, block, is_completed,"
                        + " ifnull(octet_length(text), 0) + ifnull(octet_length(block), 0) AS size"
                        + " FROM events WHERE session = (SELECT key FROM sessions WHERE id = ?1) AND sequence > ?2"
                        + " ORDER BY sequence LIMIT ?3",
                row -> {
                    bytes[0] += row.number("size");
                    if (page.size() >= least && (page.size() == limit || bytes[0] > most)) {
                        return false;
                    }
                    page.add(said(row, sessionId));
                    return true;
                },
                sessionId,
                sequence,
                limit + 1);
    }

    /** Not more than fit into {@link #PAGE_BYTES}, but one at least: what many ask for at once must not fill the memory. */
    static List<EventLog.Entry> after(Sql sql, long position, int limit) throws SQLException {
        return sql.all(
                "SELECT e.*, s.id, s.run_id FROM events e JOIN sessions s ON s.key = e.session"
                        + " WHERE e.position > ?1 AND e.position <= (SELECT max(position) FROM ("
                        + "SELECT position, sum(size) OVER (ORDER BY position) - size AS before FROM ("
                        + "SELECT position, ifnull(octet_length(text), 0) + ifnull(octet_length(block), 0)"
                        + " + ifnull(octet_length(detail), 0) AS size"
                        + " FROM events WHERE position > ?1 ORDER BY position LIMIT ?2))"
                        + " WHERE before < ?3)"
                        + " ORDER BY e.position",
                row -> new EventLog.Entry(
                        row.number("position"), row.moment("at"), row.text("run_id"), event(sql, row)),
                position,
                limit,
                PAGE_BYTES);
    }

    private static void said(Sql sql, long session, ConversationEvent event) throws SQLException {
        long last = sql.number("SELECT max(sequence) FROM events WHERE session = ?", session);
        if (event.sequence() != last + 1) {
            throw new IllegalStateException("event " + event.sequence() + " of session " + event.sessionId()
                    + " does not follow event " + last);
        }
        sql.change(
                "INSERT INTO events (session, at, kind, sequence, role, text, block, is_completed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                session,
                event.createdAt(),
                CONVERSATION,
                event.sequence(),
                event.role().name().toLowerCase(Locale.ROOT),
                event.text().map(UnicodeText::searchable),
                block(event.block()),
                event.isCompleted());
    }

    private static void told(Sql sql, long session, Instant at, String kind, @Nullable String detail)
            throws SQLException {
        sql.change("INSERT INTO events (session, at, kind, detail) VALUES (?, ?, ?, ?)", session, at, kind, detail);
    }

    /** Null for a text that its own column says in full. */
    private static @Nullable String block(ContentBlock block) {
        boolean plain = block instanceof ContentBlock.Text text
                && text.more().isEmpty()
                && UnicodeText.isWhole(text.text())
                && text.text().indexOf('\0') < 0;
        return plain ? null : UnicodeText.escaped(StoredJson.of(block));
    }

    private static ConversationEvent said(Sql.Row row) throws SQLException {
        return said(row, row.text("id"));
    }

    private static ConversationEvent said(Sql.Row row, String sessionId) throws SQLException {
        String block = row.textOrNull("block");
        return new ConversationEvent(
                sessionId,
                row.number("sequence"),
                row.moment("at"),
                ChatMessage.Role.valueOf(row.text("role").toUpperCase(Locale.ROOT)),
                block == null ? ContentBlock.text(row.text("text")) : StoredJson.block(block),
                row.truth("is_completed"));
    }

    private static SessionEvent event(Sql sql, Sql.Row row) throws SQLException {
        String id = row.text("id");
        return switch (row.text("kind")) {
            case CONVERSATION -> new SessionEvent.ConversationUpdated(id, said(row));
            case STATUS -> statusChanged(id, row.text("detail"));
            case PROVIDER -> providerChanged(id, Json.parse(row.text("detail")));
            // What was changed then is what the session says, unless it was changed since.
            default ->
                new SessionEvent.SettingsChanged(
                        id,
                        sql.first(SessionRows.SELECT + " WHERE s.id = ?", SessionRows::read, id)
                                .orElseThrow());
        };
    }

    private static SessionEvent statusChanged(String id, String detail) {
        int blank = detail.indexOf(' ');
        return new SessionEvent.StatusChanged(
                id, SessionRows.status(detail.substring(0, blank)), SessionRows.status(detail.substring(blank + 1)));
    }

    private static String json(SessionEvent.ProviderChanged changed) {
        ProviderException failure = changed.failure();
        ObjectNode node = Json.object();
        node.put("from", changed.from());
        node.put("to", changed.to());
        node.put("model", changed.model());
        node.put("kind", failure.kind().name());
        node.put("message", String.valueOf(failure.getMessage()));
        failure.status().ifPresent(status -> node.put("status", status));
        failure.help().ifPresent(help -> node.put("help", help));
        return UnicodeText.escaped(Json.text(node));
    }

    private static SessionEvent providerChanged(String id, JsonNode node) {
        ProviderException.Builder failure = ProviderException.builder(
                ProviderException.Kind.valueOf(node.path("kind").asText()),
                node.path("message").asText());
        if (node.has("status")) {
            failure.status(node.path("status").asInt());
        }
        Optional.ofNullable(node.path("help").textValue()).ifPresent(failure::help);
        return new SessionEvent.ProviderChanged(
                id,
                node.path("from").asText(),
                node.path("to").asText(),
                node.path("model").asText(),
                failure.build());
    }
}
