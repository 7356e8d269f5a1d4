package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;

/** Errors for an Anthropic client (dialects.md, section 1.4). Status and headers are those of the error itself. */
public final class MessagesErrors {

    private MessagesErrors() {}

    /** The body of an error answer, and the data of an {@code error} event. */
    public static ObjectNode body(UpstreamError error) {
        ObjectNode body = Json.object().put("type", "error");
        ObjectNode inner =
                body.putObject("error").put("type", error.anthropicType()).put("message", error.anthropicMessage());
        if (!error.details().isEmpty()) {
            inner.set("details", JsonValues.toObject(error.details()));
        }
        error.requestId().ifPresent(id -> body.put("request_id", id));
        return body;
    }
}
