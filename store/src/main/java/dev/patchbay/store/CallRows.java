package dev.patchbay.store;

import dev.patchbay.session.SessionError;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What is kept of calls to providers: never a word of what was said. */
final class CallRows {

    /** Failures for which nobody was asked. */
    private static final Set<String> WITHOUT_CALL = Set.of("configuration", "unavailable");

    private CallRows() {}

    /** Adds the calls of a session that has just ended. */
    static void insert(Sql sql, SessionRecord session) throws SQLException {
        for (SessionError failure : session.failures()) {
            if (!WITHOUT_CALL.contains(failure.type())) {
                insert(sql, session, failure);
            }
        }
        String outcome = session.status() == SessionStatus.FAILED
                ? session.error()
                        .map(SessionError::type)
                        .orElse(session.status().word())
                : session.status().word();
        if (WITHOUT_CALL.contains(outcome) || session.status() == SessionStatus.DISCARDED) {
            return;
        }
        sql.change(
                "INSERT INTO calls (at, source, session, provider, model, outcome, http_status, input_tokens,"
                        + " output_tokens, cache_read_tokens, cache_creation_tokens, cost_usd, first_token_ms, duration_ms)"
                        + " VALUES (?, 'session', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ended(session),
                session.id(),
                session.provider(),
                session.modelId(),
                outcome,
                session.error().map(SessionError::status).orElse(java.util.OptionalInt.empty()),
                session.usage().inputTokens(),
                session.usage().outputTokens(),
                session.usage().cacheReadTokens(),
                session.usage().cacheCreationTokens(),
                session.costUsd(),
                session.firstToken().map(Duration::toMillis),
                session.duration().map(Duration::toMillis));
    }

    /** Adds a call that no session made. */
    static void insert(Sql sql, UpstreamCall call) throws SQLException {
        sql.change(
                "INSERT INTO calls (at, source, provider, model, outcome, http_status, input_tokens, output_tokens,"
                        + " cache_read_tokens, cache_creation_tokens, cost_usd, first_token_ms, duration_ms)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                call.at(),
                call.source(),
                call.provider(),
                call.model(),
                call.outcome(),
                call.httpStatus(),
                call.usage().inputTokens(),
                call.usage().outputTokens(),
                call.usage().cacheReadTokens(),
                call.usage().cacheCreationTokens(),
                call.costUsd(),
                call.firstToken().map(Duration::toMillis),
                call.duration().map(Duration::toMillis));
    }

    private static void insert(Sql sql, SessionRecord session, SessionError failure) throws SQLException {
        sql.change(
                "INSERT INTO calls (at, source, session, provider, outcome, http_status)"
                        + " VALUES (?, 'session', ?, ?, ?, ?)",
                ended(session),
                session.id(),
                failure.provider(),
                failure.type(),
                failure.status());
    }

    private static Instant ended(SessionRecord session) {
        return session.completedAt().orElse(session.lastActivityAt());
    }
}
