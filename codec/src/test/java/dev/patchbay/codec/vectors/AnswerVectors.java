package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.chat.ChatErrors;
import dev.patchbay.codec.chat.ChatResponseWriter;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesErrors;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.messages.TokenCounts;
import dev.patchbay.codec.responses.ResponsesDialect;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesResponseWriter;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs vectors of the kinds response, error and count_tokens. */
final class AnswerVectors {

    private AnswerVectors() {}

    static List<String> chatToMessages(Vector vector) {
        return compared(
                vector,
                answered(
                        vector,
                        new ChatDialect(),
                        Clients.messages(vector),
                        answer -> MessagesResponseWriter.write(answer, "client-model"),
                        AnswerVectors::messagesError));
    }

    static List<String> responsesToMessages(Vector vector) {
        return compared(
                vector,
                answered(
                        vector,
                        new ResponsesDialect(),
                        Clients.messages(vector),
                        answer -> MessagesResponseWriter.write(answer, "client-model"),
                        AnswerVectors::messagesError));
    }

    static List<String> responsesToChat(Vector vector) {
        return compared(
                vector,
                answered(
                        vector,
                        new ResponsesDialect(),
                        Clients.chat(vector),
                        answer -> ChatResponseWriter.write(answer, "client-model"),
                        AnswerVectors::chatError));
    }

    static List<String> messagesToChat(Vector vector) {
        return compared(
                vector,
                answered(
                        vector,
                        new MessagesDialect(),
                        Clients.chat(vector),
                        answer -> ChatResponseWriter.write(answer, "client-model"),
                        AnswerVectors::chatError));
    }

    static List<String> chatToResponses(Vector vector) {
        ResponsesRequest client = Clients.responses(vector);
        return compared(
                vector,
                answered(
                        vector,
                        new ChatDialect(),
                        client.request(),
                        answer -> ResponsesResponseWriter.write(answer, client, item -> {}),
                        AnswerVectors::chatError));
    }

    static List<String> error(Vector vector) {
        JsonNode input = vector.input();
        return compared(
                vector,
                messagesError(error(
                        input.path("status").asInt(),
                        input.path("headers"),
                        input.path("body_text").asText())));
    }

    static List<String> countTokens(Vector vector) {
        return compared(vector, ok(TokenCounts.answer((ObjectNode) vector.input())));
    }

    private static ObjectNode answered(
            Vector vector,
            WireDialect upstream,
            ChatRequest request,
            Function<AnswerCollector, ObjectNode> writer,
            Function<UpstreamError, ObjectNode> errorWriter) {
        AnswerCollector answer = new AnswerCollector();
        int status = vector.input().path("status").asInt();
        JsonNode body = vector.input().path("body");
        if (status != 200) {
            return errorWriter.apply(error(status, Json.object(), Json.text(body)));
        }
        try {
            upstream.decode(request, Profile.quirks(vector), body, answer);
        } catch (ProviderException failure) {
            return errorWriter.apply(UpstreamError.of(failure));
        }
        return ok(writer.apply(answer));
    }

    private static List<String> compared(Vector vector, JsonNode answer) {
        return Match.members(vector.expected(), answer);
    }

    private static UpstreamError error(int status, JsonNode headers, String body) {
        return ErrorReader.read(status, name -> header(headers, name), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> header(JsonNode headers, String name) {
        return headers.properties().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().asText())
                .findFirst();
    }

    private static ObjectNode messagesError(UpstreamError error) {
        ObjectNode answer = Json.object().put("status", error.status());
        ObjectNode headers = answer.putObject("headers");
        error.headers().forEach(headers::put);
        error.requestId().ifPresent(id -> headers.put("request-id", id));
        answer.set("body", MessagesErrors.body(error));
        return answer;
    }

    private static ObjectNode chatError(UpstreamError error) {
        ObjectNode answer = Json.object().put("status", ChatErrors.status(error));
        answer.set("body", ChatErrors.body(error));
        return answer;
    }

    private static ObjectNode ok(JsonNode body) {
        ObjectNode answer = Json.object().put("status", 200);
        answer.set("body", body);
        return answer;
    }
}
