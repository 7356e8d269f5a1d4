package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.codec.FreshIds;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.chat.ChatErrors;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.time.Instant;
import java.util.List;

/** The {@code response} object around the items of an answer (dialects.md, P4). One for an answer. */
final class ResponsesEnvelope {

    private final String id;
    private final long createdAt;
    private final String model;
    private final ObjectNode echoed;

    /**
     * @param model the model that the client asked for
     * @param echoed the members of the request that an answer repeats
     */
    ResponsesEnvelope(String model, ObjectNode echoed) {
        this(FreshIds.fresh("resp_"), Instant.now().getEpochSecond(), model, echoed);
    }

    /** For an answer that an upstream began. */
    ResponsesEnvelope(RelayedResponse begun, ObjectNode echoed) {
        this(begun.id(), begun.createdAt(), begun.model(), echoed);
    }

    private ResponsesEnvelope(String id, long createdAt, String model, ObjectNode echoed) {
        this.id = id;
        this.createdAt = createdAt;
        this.model = model;
        this.echoed = echoed;
    }

    /** What an answer says of its request: OpenAI's types require these members, or their readers take them for granted. */
    static ObjectNode echo(ObjectNode body) {
        ObjectNode echo = Json.object().put("background", false);
        for (String name : List.of("instructions", "max_output_tokens", "temperature", "top_p", "user")) {
            echo.set(name, orElse(body, name, NullNode.getInstance()));
        }
        echo.putNull("previous_response_id").put("store", false);
        echo.set("metadata", orElse(body, "metadata", Json.object()));
        echo.set("parallel_tool_calls", orElse(body, "parallel_tool_calls", BooleanNode.TRUE));
        echo.set("tool_choice", orElse(body, "tool_choice", TextNode.valueOf("auto")));
        echo.set("tools", orElse(body, "tools", Json.array()));
        echo.set("truncation", orElse(body, "truncation", TextNode.valueOf("disabled")));
        ObjectNode text = Json.object();
        text.putObject("format").put("type", "text");
        echo.set("text", orElse(body, "text", text));
        JsonNode reasoning = body.path("reasoning");
        ObjectNode thinking = echo.putObject("reasoning");
        thinking.set("effort", orElse(reasoning, "effort", NullNode.getInstance()));
        thinking.set("summary", orElse(reasoning, "summary", NullNode.getInstance()));
        return echo;
    }

    private static JsonNode orElse(JsonNode node, String name, JsonNode otherwise) {
        return node.hasNonNull(name) ? node.get(name) : otherwise;
    }

    ObjectNode inProgress() {
        return envelope("in_progress", List.of()).putNull("usage");
    }

    ObjectNode ended(StopReason reason, List<ObjectNode> output, Usage usage) {
        String cause = incompleteReason(reason);
        ObjectNode response = envelope(cause.isEmpty() ? "completed" : "incomplete", output);
        if (!cause.isEmpty()) {
            response.putObject("incomplete_details").put("reason", cause);
        }
        response.set("usage", usage(usage));
        return response;
    }

    /** The answer of a failure, with what had come of it. */
    ObjectNode failed(UpstreamError error, List<ObjectNode> output) {
        ObjectNode response = envelope("failed", output);
        response.putObject("error").put("code", code(error)).put("message", message(error));
        return response.putNull("usage");
    }

    /**
     * The same failure for clients that do not know of failed answers: flat as OpenAI documents the event, and once more as
     * {@code error}, since its SDKs raise whatever has that.
     */
    static ObjectNode error(UpstreamError error) {
        ObjectNode node = Json.object()
                .put("code", code(error))
                .put("message", message(error))
                .putNull("param");
        node.setAll(ChatErrors.body(error));
        ((ObjectNode) node.path("error")).put("code", code(error)).put("message", message(error));
        return node;
    }

    private ObjectNode envelope(String status, List<ObjectNode> output) {
        ObjectNode response = Json.object()
                .put("id", id)
                .put("object", "response")
                .put("created_at", createdAt)
                .put("status", status)
                .put("model", model)
                .putNull("error")
                .putNull("incomplete_details");
        output.forEach(response.putArray("output")::add);
        response.setAll(echoed);
        return response;
    }

    /** Whether an answer that ended so is not whole. */
    static boolean isCut(StopReason reason) {
        return !incompleteReason(reason).isEmpty();
    }

    private static String incompleteReason(StopReason reason) {
        return switch (reason.value()) {
            case "max_tokens", "model_context_window_exceeded" -> "max_output_tokens";
            case "refusal" -> "content_filter";
            default -> "";
        };
    }

    private static ObjectNode usage(Usage usage) {
        long cached = usage.cacheReadTokens().orElse(0);
        long written = usage.cacheCreationTokens().orElse(0);
        long input = usage.inputTokens().orElse(0) + cached + written;
        long output = usage.outputTokens().orElse(0);
        ObjectNode node = Json.object().put("input_tokens", input);
        node.putObject("input_tokens_details").put("cached_tokens", cached).put("cache_write_tokens", written);
        node.put("output_tokens", output);
        node.putObject("output_tokens_details")
                .put("reasoning_tokens", usage.thinkingTokens().orElse(0));
        return node.put("total_tokens", input + output);
    }

    private static String code(UpstreamError error) {
        return switch (error.kind()) {
            case CONTEXT_LENGTH -> "context_length_exceeded";
            case QUOTA -> "insufficient_quota";
            case RATE_LIMIT -> "rate_limit_exceeded";
            case INVALID_REQUEST, NOT_FOUND -> "invalid_request_error";
            case AUTH -> "invalid_api_key";
            default -> "server_error";
        };
    }

    /** Codex reads the wait out of the message. */
    private static String message(UpstreamError error) {
        String seconds = error.headers().get("retry-after");
        boolean tells = error.kind() != Kind.RATE_LIMIT || error.message().contains("try again in");
        return seconds == null || tells ? error.message() : error.message() + " Please try again in " + seconds + "s.";
    }
}
