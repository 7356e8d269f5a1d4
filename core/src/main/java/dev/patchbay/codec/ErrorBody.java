package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an error body says, whichever of the known shapes it has (dialects.md, E2).
 *
 * @param message empty if the body has none
 * @param code a word, a number, or missing
 * @param type a word, a number, or missing
 * @param requestId the id of the request, where the body names it
 */
record ErrorBody(String message, JsonNode code, JsonNode type, Optional<String> requestId) {

    static ErrorBody of(JsonNode body) {
        JsonNode root = body.isArray() ? body.path(0) : body;
        JsonNode error = root.path("error");
        Optional<String> requestId = Optional.ofNullable(root.path("request_id").textValue());
        if (error.isObject()) {
            return new ErrorBody(withRaw(error), error.path("code"), error.path("type"), requestId);
        }
        if (error.isTextual()) {
            return new ErrorBody(error.textValue(), root.path("code"), root.path("type"), requestId);
        }
        String flat = message(root.path("message"));
        String message = flat.isEmpty() ? message(root.path("detail")) : flat;
        return new ErrorBody(message, root.path("code"), root.path("type"), requestId);
    }

    /** An error of which nothing but a text is known. */
    static ErrorBody of(String message) {
        JsonNode missing = MissingNode.getInstance();
        return new ErrorBody(message, missing, missing, Optional.empty());
    }

    ErrorBody withMessage(String text) {
        return new ErrorBody(text, code, type, requestId);
    }

    /** OpenRouter's own message says little; what the routed provider said is beside it. */
    private static String withRaw(JsonNode error) {
        String message = message(error.path("message"));
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
