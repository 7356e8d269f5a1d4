package dev.patchbay.session;

import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sessions as JSON with the names of the REST API (sessions.md, section 3), as JDK values. What is unknown is absent. */
final class SessionJson {

    private SessionJson() {}

    static Map<String, Object> of(SessionRecord session) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", session.id());
        json.put("run_id", session.runId());
        put(json, "parent_session_id", session.parentId());
        json.put("status", session.status().word());
        json.put("query", session.query());
        json.put("title", session.title());
        put(json, "provider", session.provider());
        put(json, "model", session.model());
        put(json, "model_id", session.modelId());
        put(json, "working_dir", session.workingDir());
        json.put("created_at", session.createdAt().toString());
        json.put("last_activity_at", session.lastActivityAt().toString());
        put(json, "completed_at", session.completedAt().map(Object::toString));
        put(json, "duration_ms", session.duration().map(Duration::toMillis));
        put(json, "stop_reason", session.stopReason().map(StopReason::value));
        put(json, "error_message", session.error().map(SessionError::message));
        put(json, "error", session.error().map(SessionJson::of));
        put(json, "cost_usd", session.costUsd());
        usage(json, session.usage());
        json.put("archived", session.archived());
        json.put("proxy_enabled", session.proxyEnabled());
        put(json, "proxy_base_url", session.proxyBaseUrl());
        put(json, "proxy_model_override", session.proxyModelOverride());
        json.put("has_api_key", session.hasApiKey());
        json.put("fallbacks", session.failures().stream().map(SessionJson::of).toList());
        return json;
    }

    static Map<String, Object> of(SessionResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("session", of(result.session()));
        json.put("text", result.textSoFar());
        List<Map<String, @Nullable Object>> content =
                result.content().stream().map(StoredJson::toMap).toList();
        json.put("content", content);
        return json;
    }

    static Map<String, Object> of(ConversationEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", event.sessionId() + ":" + event.sequence());
        json.put("session_id", event.sessionId());
        json.put("sequence", event.sequence());
        json.put("event_type", event.type().word());
        json.put("created_at", event.createdAt().toString());
        json.put("role", event.role().name().toLowerCase(Locale.ROOT));
        ContentBlock block = event.block();
        if (block instanceof ContentBlock.ToolUse call) {
            json.put("tool_id", call.id());
            json.put("tool_name", call.name());
            json.put("tool_input_json", Json.text(JsonValues.toObject(call.input())));
        } else if (block instanceof ContentBlock.ToolResult result) {
            json.put("tool_result_for_id", result.toolUseId());
            json.put(
                    "tool_result_content",
                    result.content().stream().map(SessionJson::text).collect(Collectors.joining("\n")));
        } else {
            json.put("content", event.text().orElseGet(() -> text(block)));
        }
        json.put("is_completed", event.isCompleted());
        return json;
    }

    private static String text(ContentBlock block) {
        return block instanceof ContentBlock.Text text ? text.text() : "[" + ConversationEvent.describe(block) + "]";
    }

    static Map<String, Object> of(SessionError error) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("provider", error.provider());
        error.status().ifPresent(status -> json.put("status", status));
        json.put("type", error.type());
        json.put("message", error.message());
        put(json, "hint", error.hint());
        return json;
    }

    private static void usage(Map<String, Object> json, Usage usage) {
        put(json, "input_tokens", usage.inputTokens());
        put(json, "output_tokens", usage.outputTokens());
        put(json, "cache_creation_input_tokens", usage.cacheCreationTokens());
        put(json, "cache_read_input_tokens", usage.cacheReadTokens());
    }

    private static void put(Map<String, Object> json, String name, Optional<?> value) {
        value.ifPresent(known -> json.put(name, known));
    }

    private static void put(Map<String, Object> json, String name, OptionalLong value) {
        value.ifPresent(known -> json.put(name, known));
    }
}
