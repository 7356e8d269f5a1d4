package dev.patchbay.internal.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.chat.ChatErrors;
import dev.patchbay.codec.json.Json;
import java.nio.charset.StandardCharsets;

/** What clients of OpenAI's dialects have in common: the shape of errors, and no pings. */
abstract class OpenAiClient implements ClientDialect {

    private final String id;

    OpenAiClient(String id) {
        this.id = id;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final int errorStatus(UpstreamError error) {
        return ChatErrors.status(error);
    }

    @Override
    public final ObjectNode errorBody(UpstreamError error) {
        return ChatErrors.body(error);
    }

    @Override
    public final boolean isOwnError(byte[] body) {
        JsonNode error = Json.tryParse(new String(body, StandardCharsets.UTF_8))
                .orElseGet(Json::object)
                .path("error");
        return error.path("message").isTextual();
    }

    @Override
    public final String ping() {
        return "";
    }
}
