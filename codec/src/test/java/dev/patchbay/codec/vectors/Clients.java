package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.spi.ChatRequest;

/** The client's request that the answer of a vector belongs to, of which vectors give the members that matter. */
final class Clients {

    private Clients() {}

    static ChatRequest messages(Vector vector) {
        return MessagesRequestReader.read(withMessages(vector));
    }

    static ChatRequest chat(Vector vector) {
        return ChatRequestReader.read(withMessages(vector));
    }

    static ResponsesRequest responses(Vector vector) {
        ObjectNode body = given(vector);
        if (!body.has("input")) {
            body.put("input", "x");
        }
        return ResponsesRequestReader.read(body);
    }

    private static ObjectNode withMessages(Vector vector) {
        ObjectNode body = given(vector);
        if (!body.has("messages")) {
            body.putArray("messages");
        }
        return body;
    }

    private static ObjectNode given(Vector vector) {
        return vector.clientRequest() instanceof ObjectNode request ? request.deepCopy() : Json.object();
    }
}
