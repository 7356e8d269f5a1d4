package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import org.jspecify.annotations.Nullable;

/** Errors of OpenAI chat: those inside an answer, and those for a client (dialects.md, R9, S12 and section 1.4). */
public final class ChatErrors {

    private ChatErrors() {}

    /** The status for an OpenAI client: its SDKs do not know 529. */
    public static int status(UpstreamError error) {
        return error.status() == 529 ? 503 : error.status();
    }

    /** The body for an OpenAI client. */
    public static ObjectNode body(UpstreamError error) {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", error.message())
                .put("type", type(error.status()))
                .putNull("param")
                .put("code", code(error));
        return body;
    }

    /** Whether a value says, in the place for it, that something went wrong. */
    static boolean hasError(JsonNode value) {
        JsonNode error = value.path("error");
        return error.isObject()
                ? !error.isEmpty()
                : error.isTextual() && !error.textValue().isEmpty();
    }

    /**
     * Whether a value is an error as a whole (R9): one with such a member, one of the flat shape, a list of errors, MiniMax's and
     * Z.ai's own shapes.
     */
    static boolean isError(JsonNode value) {
        return hasError(value)
                || value.path("object").asText("").equals("error")
                || hasError(value.path(0))
                || isMinimaxError(value)
                || (!value.has("choices") && ErrorReader.isError(value));
    }

    /** MiniMax says it beside the answer, or in its place. */
    static boolean isMinimaxError(JsonNode value) {
        return value.path("base_resp").path("status_code").asInt(0) != 0;
    }

    /** The exception for a choice that ended with an error; some upstreams put it there. */
    static ProviderException finishedWithError(JsonNode choice) {
        return hasError(choice)
                ? exception(choice)
                : Bodies.unusable("upstream ended its answer with '"
                        + choice.path("finish_reason").asText("") + "', without a message");
    }

    /** The exception for a value that is, or holds, an error. */
    static ProviderException exception(JsonNode value) {
        return ErrorReader.readInside(value).toException();
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }

    private static @Nullable String code(UpstreamError error) {
        if (error.kind() == Kind.CONTEXT_LENGTH) {
            return "context_length_exceeded";
        }
        return switch (error.status()) {
            case 401 -> "invalid_api_key";
            case 402 -> "insufficient_quota";
            case 429 -> "rate_limit_exceeded";
            default -> null;
        };
    }
}
