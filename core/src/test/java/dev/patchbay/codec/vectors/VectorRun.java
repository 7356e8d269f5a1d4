package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.messages.MessagesErrors;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.messages.MessagesStreamEncoder;
import dev.patchbay.json.Json;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs vectors through the codecs. */
final class VectorRun {

    private static final ChatDialect CHAT = new ChatDialect();

    private VectorRun() {}

    /** The differences between what a vector expects and what the codecs do. */
    static List<String> differences(Vector vector) {
        return switch (vector.direction()) {
            case "anthropic-request->openai-chat-request" -> request(vector, chatRequest(vector));
            case "openai-chat-response->anthropic-response" ->
                Match.differences(vector.expected(), messagesAnswer(vector));
            case "openai-chat-stream->anthropic-stream" -> messagesStream(vector);
            case "openai-error->anthropic-error" -> Match.differences(vector.expected(), messagesError(vector));
            default -> List.of("nobody runs " + vector.direction());
        };
    }

    static List<String> request(Vector vector, ObjectNode actual) {
        return Match.differences(normal(vector.expected()), normal(actual));
    }

    private static ObjectNode chatRequest(Vector vector) {
        ChatRequest request = MessagesRequestReader.read((ObjectNode) vector.input());
        ChatRequest.Builder routed = request.toBuilder();
        Profile.model(vector).ifPresent(routed::model);
        return CHAT.encode(routed.build(), Profile.quirks(vector));
    }

    /** Members that mean the same when they are left out. */
    private static ObjectNode normal(JsonNode request) {
        ObjectNode copy = request.deepCopy();
        JsonNode choice = copy.path("tool_choice");
        if (choice.asText().equals("auto")
                || choice.size() == 1 && choice.path("type").asText().equals("auto")) {
            copy.remove("tool_choice");
        }
        if (!copy.path("stream").asBoolean(true)) {
            copy.remove("stream");
        }
        if (copy.path("parallel_tool_calls").asBoolean(false)) {
            copy.remove("parallel_tool_calls");
        }
        if (copy.path("stop").isTextual()) {
            copy.set("stop", Json.array().add(copy.path("stop")));
        }
        if (copy.path("system").isArray()) {
            copy.path("system").forEach(block -> ((ObjectNode) block).remove("cache_control"));
        }
        return copy;
    }

    static ChatRequest clientRequest(Vector vector) {
        ObjectNode body = vector.clientRequest() instanceof ObjectNode request ? request.deepCopy() : Json.object();
        if (!body.has("messages")) {
            body.putArray("messages");
        }
        return MessagesRequestReader.read(body);
    }

    private static JsonNode messagesAnswer(Vector vector) {
        AnswerCollector answer = new AnswerCollector();
        int status = vector.input().path("status").asInt();
        JsonNode body = vector.input().path("body");
        if (status != 200) {
            return answer(error(status, Json.object(), Json.text(body)));
        }
        try {
            CHAT.decode(clientRequest(vector), Profile.quirks(vector), body, answer);
        } catch (ProviderException failure) {
            return answer(UpstreamError.of(failure));
        }
        ObjectNode result = Json.object().put("status", 200);
        result.set("body", MessagesResponseWriter.write(answer, "client-model"));
        return result;
    }

    private static JsonNode messagesError(Vector vector) {
        JsonNode input = vector.input();
        return answer(error(
                input.path("status").asInt(),
                input.path("headers"),
                input.path("body_text").asText()));
    }

    static UpstreamError error(int status, JsonNode headers, String body) {
        return ErrorReader.read(status, name -> header(headers, name), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> header(JsonNode headers, String name) {
        return headers.properties().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().asText())
                .findFirst();
    }

    private static ObjectNode answer(UpstreamError error) {
        ObjectNode answer = Json.object().put("status", error.status());
        error.headers().forEach(answer.putObject("headers")::put);
        error.requestId().ifPresent(id -> ((ObjectNode) answer.path("headers")).put("request-id", id));
        answer.set("body", MessagesErrors.body(error));
        if (answer.path("headers").isEmpty()) {
            answer.remove("headers");
        }
        return answer;
    }

    private static List<String> messagesStream(Vector vector) {
        Upstream upstream = new Upstream(
                CHAT, clientRequest(vector), Profile.quirks(vector), new MessagesStreamEncoder("client-model"));
        upstream.play(vector.input());
        List<JsonNode> events = upstream.data().stream().map(Json::parse).toList();
        MessagesAssembly assembled = MessagesAssembly.of(events);
        List<String> out = new ArrayList<>(MessagesGrammar.violations(events));
        JsonNode expected = vector.expected();
        if (!expected.path("outcome").asText().equals(assembled.outcome())) {
            out.add("outcome: " + assembled.outcome() + " " + assembled.error());
        }
        if (expected.has("message")) {
            out.addAll(Match.differences(expected.path("message"), assembled.message()));
        }
        if (expected.has("error")) {
            out.addAll(Match.differences(expected.path("error"), assembled.error()));
        }
        if (expected.has("partial_content")) {
            out.addAll(Match.differences(expected.path("partial_content"), assembled.content()));
        }
        if (expected.has("http_status")) {
            int status = upstream.failure()
                    .map(UpstreamError::of)
                    .map(UpstreamError::status)
                    .orElse(200);
            out.addAll(Match.differences(
                    expected.path("http_status"), Json.object().put("s", status).path("s")));
        }
        for (JsonNode checkpoint : expected.path("checkpoints")) {
            String text =
                    textOf(upstream.dataAfterLine(checkpoint.path("after_line").asInt()));
            String least = checkpoint.path("text_at_least").asText();
            if (!text.startsWith(least)) {
                out.add("after line " + checkpoint.path("after_line") + ": " + text + ", want " + least);
            }
        }
        return out;
    }

    private static String textOf(List<String> data) {
        StringBuilder text = new StringBuilder();
        data.stream()
                .map(Json::parse)
                .forEach(event -> text.append(event.path("delta").path("text").asText("")));
        return text.toString();
    }

    static JsonNode missing() {
        return MissingNode.getInstance();
    }

    static Quirks quirks(Vector vector) {
        return Profile.quirks(vector);
    }
}
