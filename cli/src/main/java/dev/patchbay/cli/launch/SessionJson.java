package dev.patchbay.cli.launch;

import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.session.SessionError;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionResult;
import dev.patchbay.spi.StopReason;
import java.time.Duration;
import java.util.Map;

/** A session and its answer as {@code --json} prints them, with the names of the REST API (sessions.md, section 3). */
final class SessionJson {

    private SessionJson() {}

    static Map<String, Object> of(SessionResult result) {
        SessionRecord session = result.session();
        JsonObject json = new JsonObject()
                .put("id", session.id())
                .put("run_id", session.runId())
                .put("status", session.status().word())
                .put("query", session.query())
                .put("title", session.title())
                .put("provider", session.provider())
                .put("model", session.model())
                .put("model_id", session.modelId())
                .put("created_at", session.createdAt().toString())
                .put("last_activity_at", session.lastActivityAt().toString())
                .put("completed_at", session.completedAt().map(Object::toString))
                .put("duration_ms", session.duration().map(Duration::toMillis))
                .put("stop_reason", session.stopReason().map(StopReason::value))
                .put("error", session.error().map(SessionJson::error))
                .put("error_message", session.error().map(SessionError::message))
                .put("cost_usd", session.costUsd());
        if (!session.failures().isEmpty()) {
            json.put(
                    "failures",
                    session.failures().stream().map(SessionJson::error).toList());
        }
        usage(json, session);
        return json.put("proxy_enabled", session.proxyEnabled())
                .put("proxy_base_url", session.proxyBaseUrl())
                .put("proxy_model_override", session.proxyModelOverride())
                .put("has_api_key", session.hasApiKey())
                .put("answer", result.textSoFar())
                .toMap();
    }

    private static void usage(JsonObject json, SessionRecord session) {
        json.put("input_tokens", session.usage().inputTokens())
                .put("output_tokens", session.usage().outputTokens())
                .put("cache_creation_input_tokens", session.usage().cacheCreationTokens())
                .put("cache_read_input_tokens", session.usage().cacheReadTokens());
    }

    private static Map<String, Object> error(SessionError error) {
        return new JsonObject()
                .put("provider", error.provider())
                .put("status", error.status())
                .put("type", error.type())
                .put("message", error.message())
                .put("hint", error.hint())
                .toMap();
    }
}
