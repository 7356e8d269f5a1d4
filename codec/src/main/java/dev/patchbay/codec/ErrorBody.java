package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.codec.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an error body says, whichever of the known shapes it has (dialects.md, E2).
 *
 * @param message empty if the body has none
 * @param code a word, a number, or missing
 * @param type a word, a number, or missing
 * @param requestId the id of the request, where the body names it
 * @param retryDelay how long to wait, where the body says it apart from its message
 */
record ErrorBody(
        String message, JsonNode code, JsonNode type, Optional<String> requestId, Optional<Duration> retryDelay) {

    /** An error that says nothing of waiting. */
    ErrorBody(String message, JsonNode code, JsonNode type, Optional<String> requestId) {
        this(message, code, type, requestId, Optional.empty());
    }

    /** Where servers of all kinds put what they have to say, the likelier first. */
    private static final List<String> MESSAGES =
            List.of("message", "msg", "detail", "errors", "error_msg", "error_message", "errorMessage", "title");

    /** Where servers put a number or a word that says what went wrong, or that nothing did. */
    private static final List<String> CODES = List.of("code", "status_code", "error_code", "statusCode");

    private static final Set<String> NOTHING = Set.of("0", "200", "ok", "success");

    private static final Set<String> FAILURES = Set.of("error", "fail", "failed", "failure");

    /** Whether a value without an answer and without {@code error} tells of one all the same. */
    static boolean tellsError(JsonNode value) {
        JsonNode success = value.path("success");
        boolean refused = success.isBoolean() && !success.booleanValue();
        if (refused || !value.path("errors").isEmpty()) {
            return true;
        }
        boolean told = MESSAGES.stream()
                .anyMatch(member -> !message(value.path(member)).isBlank());
        if (!told || value.has("id")) {
            return false;
        }
        String type = value.path("type").asText("").toLowerCase(Locale.ROOT);
        boolean coded = CODES.stream()
                .map(member -> value.path(member).asText("").toLowerCase(Locale.ROOT))
                .anyMatch(code -> !code.isBlank() && !NOTHING.contains(code));
        return coded
                || value.has("detail")
                || type.endsWith("error")
                || type.endsWith("exception")
                || FAILURES.contains(value.path("status").asText("").toLowerCase(Locale.ROOT));
    }

    static ErrorBody of(JsonNode body) {
        JsonNode root = body.isArray() ? body.path(0) : body;
        JsonNode error = root.path("error");
        Optional<String> requestId = Optional.ofNullable(root.path("request_id").textValue());
        if (error.isObject()) {
            return new ErrorBody(
                    withRaw(error), error.path("code"), error.path("type"), requestId, RetryAfter.inDetails(error));
        }
        if (error.isTextual() || (error.isArray() && !error.isEmpty())) {
            return new ErrorBody(withRest(message(error), root), root.path("code"), root.path("type"), requestId);
        }
        JsonNode base = root.path("base_resp");
        if (base.path("status_code").asInt(0) != 0) {
            JsonNode code =
                    IntNode.valueOf(ErrorKinds.minimax(base.path("status_code").asInt()));
            return new ErrorBody(message(base.path("status_msg")), code, root.path("type"), requestId);
        }
        for (String member : MESSAGES) {
            String message = message(root.path(member));
            if (!message.isBlank()) {
                return new ErrorBody(message, root.path("code"), root.path("type"), requestId);
            }
        }
        return new ErrorBody("", root.path("code"), root.path("type"), requestId);
    }

    /** An error of which nothing but a text is known. */
    static ErrorBody of(String message) {
        JsonNode missing = MissingNode.getInstance();
        return new ErrorBody(message, missing, missing, Optional.empty());
    }

    ErrorBody withMessage(String text) {
        return new ErrorBody(text, code, type, requestId, retryDelay);
    }

    /** What stands beside the text of an error: Spring's message and path say more than its "Not Found". */
    private static String withRest(String error, JsonNode root) {
        String message = message(root.path(root.has("error_description") ? "error_description" : "message"));
        String path = root.path("path").asText("");
        boolean more = !message.isBlank() && !error.contains(message) && !message.equals("No message available");
        return error + (more ? ": " + message : "") + (path.isEmpty() ? "" : " (" + path + ")");
    }

    /** OpenRouter's own message says little; what the routed provider said is beside it. */
    private static String withRaw(JsonNode error) {
        String message = message(error.path(error.has("message") ? "message" : "error"));
        JsonNode raw = error.path("metadata").path("raw");
        String rawText = raw.isTextual() ? raw.textValue() : raw.isContainerNode() ? Json.text(raw) : "";
        if (rawText.isBlank() || message.contains(rawText)) {
            return message;
        }
        return message.isEmpty() ? rawText : message + ": " + rawText;
    }

    private static String message(JsonNode message) {
        if (message.isTextual()) {
            return message.textValue();
        }
        if (message.isArray()) {
            List<String> lines = new ArrayList<>();
            message.forEach(item -> lines.add(item.isTextual() ? item.textValue() : complaint(item)));
            return String.join("; ", lines);
        }
        if (!message.isObject()) {
            return "";
        }
        JsonNode inner = message.has("detail") ? message.path("detail") : message.path("message");
        return inner.isMissingNode() ? Json.text(message) : message(inner);
    }

    /** One entry of FastAPI's list: where, and what. */
    private static String complaint(JsonNode item) {
        JsonNode what = item.has("msg") ? item.path("msg") : item.path("message");
        if (!what.isTextual()) {
            return Json.text(item);
        }
        List<String> path = new ArrayList<>();
        item.path("loc").forEach(step -> path.add(step.asText()));
        return path.isEmpty() ? what.textValue() : String.join(".", path) + ": " + what.textValue();
    }
}
