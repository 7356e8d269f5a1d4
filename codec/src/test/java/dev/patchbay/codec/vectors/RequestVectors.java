package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.chat.ChatErrors;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesPassthrough;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.responses.ResponsesDialect;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import java.util.function.Function;

/** Runs vectors of kind request. */
final class RequestVectors {

    private RequestVectors() {}

    static List<String> messagesToChat(Vector vector) {
        return translated(vector, MessagesRequestReader::read, new ChatDialect());
    }

    static List<String> chatToMessages(Vector vector) {
        return translated(vector, ChatRequestReader::read, new MessagesDialect());
    }

    static List<String> responsesToChat(Vector vector) {
        return translated(vector, body -> ResponsesRequestReader.read(body).request(), new ChatDialect());
    }

    static List<String> messagesToResponses(Vector vector) {
        return translated(vector, MessagesRequestReader::read, new ResponsesDialect());
    }

    static List<String> chatToResponses(Vector vector) {
        return translated(vector, ChatRequestReader::read, new ResponsesDialect());
    }

    static List<String> passedThrough(Vector vector) {
        ObjectNode body = vector.input().deepCopy();
        MessagesPassthrough.prepare(
                body, Profile.model(vector).orElse(vector.input().path("model").asText()));
        return Match.differences(NormalRequest.of(vector.expected()), NormalRequest.of(body));
    }

    private static List<String> translated(
            Vector vector, Function<ObjectNode, ChatRequest> reader, WireDialect upstream) {
        ObjectNode sent;
        try {
            ChatRequest.Builder request = reader.apply((ObjectNode) vector.input()).toBuilder();
            Profile.model(vector).ifPresent(request::model);
            sent = upstream.encode(request.build(), Profile.quirks(vector));
        } catch (ProviderException refused) {
            UpstreamError error = UpstreamError.of(refused);
            sent = Json.object().put("status", error.status());
            sent.set("body", ChatErrors.body(error));
        }
        return Match.differences(NormalRequest.of(vector.expected()), NormalRequest.of(sent));
    }
}
