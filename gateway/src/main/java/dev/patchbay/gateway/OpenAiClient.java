package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.chat.ChatErrors;
import dev.patchbay.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What clients of OpenAI's dialects have in common: the shape of errors, and no pings. */
abstract class OpenAiClient implements ClientDialect {

    private final String id;
    private final Pattern end;

    /** @param end found in the last events of a stream that is complete */
    OpenAiClient(String id, Pattern end) {
        this.id = id;
        this.end = end;
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

    @Override
    public final boolean isComplete(String lastEvents) {
        return end.matcher(lastEvents).find();
    }
}
