package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.json.Json;
import java.nio.charset.StandardCharsets;

/** The shape of errors that OpenAI's clients read. */
final class OpenAiErrors {

    private OpenAiErrors() {}

    /** Whether a body is {@code {"error":{"message":…}}}. */
    static boolean isOwn(byte[] body) {
        JsonNode error = Json.tryParse(new String(body, StandardCharsets.UTF_8))
                .orElseGet(Json::object)
                .path("error");
        return error.path("message").isTextual();
    }
}
