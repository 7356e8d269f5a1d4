package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.chat.ChatResponseWriter;
import dev.patchbay.codec.chat.ChatStreamEncoder;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesErrors;
import dev.patchbay.codec.messages.MessagesPassthrough;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.messages.MessagesStreamEncoder;
import dev.patchbay.codec.messages.TokenCounts;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.codec.responses.ResponsesResponseWriter;
import dev.patchbay.codec.responses.ResponsesStreamEncoder;
import dev.patchbay.json.Json;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs vectors through the codecs. */
final class VectorRun {

    private static final ChatDialect CHAT = new ChatDialect();
    private static final MessagesDialect MESSAGES = new MessagesDialect();

    private VectorRun() {}

    /** The differences between what a vector expects and what the codecs do. */
    static List<String> differences(Vector vector) {
        return switch (vector.direction()) {
            case "anthropic-request->openai-chat-request" -> request(vector, chatRequest(vector));
            case "openai-chat-response->anthropic-response" ->
                Match.differences(vector.expected(), messagesAnswer(vector));
            case "openai-chat-stream->anthropic-stream" -> messagesStream(vector);
            case "openai-error->anthropic-error" -> members(vector.expected(), messagesError(vector));
            case "anthropic-request->anthropic-request" -> request(vector, passedThrough(vector));
            case "anthropic-count-tokens" ->
                Match.differences(vector.expected(), ok(TokenCounts.answer((ObjectNode) vector.input())));
            case "openai-chat-request->anthropic-request" -> request(vector, messagesRequest(vector));
            case "anthropic-response->openai-chat-response" -> Match.differences(vector.expected(), chatAnswer(vector));
            case "anthropic-stream->openai-chat-stream" -> chatStream(vector);
            case "openai-responses-request->openai-chat-request" -> request(vector, chatRequestOfResponses(vector));
            case "openai-chat-response->openai-responses-response" ->
                Match.differences(vector.expected(), responsesAnswer(vector));
            case "openai-chat-stream->openai-responses-stream" -> responsesStream(vector);
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
        return ok(MessagesResponseWriter.write(answer, "client-model"));
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
        out.addAll(checkpoints(
                vector, upstream, event -> event.path("delta").path("text").asText("")));
        return out;
    }

    private static ObjectNode passedThrough(Vector vector) {
        ObjectNode body = vector.input().deepCopy();
        MessagesPassthrough.prepare(body, Profile.model(vector).orElse("none"));
        return body;
    }

    private static ObjectNode messagesRequest(Vector vector) {
        ChatRequest.Builder request = ChatRequestReader.read((ObjectNode) vector.input()).toBuilder();
        Profile.model(vector).ifPresent(request::model);
        return MESSAGES.encode(request.build(), Profile.quirks(vector));
    }

    private static JsonNode chatAnswer(Vector vector) {
        AnswerCollector answer = new AnswerCollector();
        MESSAGES.decode(
                clientRequest(vector), Profile.quirks(vector), vector.input().path("body"), answer);
        return ok(ChatResponseWriter.write(answer, "client-model"));
    }

    private static List<String> chatStream(Vector vector) {
        boolean usage = ChatRequestReader.wantsUsage(vector.clientRequest());
        Upstream upstream = new Upstream(
                MESSAGES, clientRequest(vector), Profile.quirks(vector), new ChatStreamEncoder("client-model", usage));
        upstream.play(vector.input());
        ObjectNode assembled = ChatStreamGrammar.assemble(upstream.data());
        List<String> out = members(vector.expected(), assembled);
        out.addAll(checkpoints(
                vector,
                upstream,
                event -> event.path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asText("")));
        if (assembled.has("error") && assembled.has("finish_reason")) {
            out.add("a finish reason before the error");
        }
        return out;
    }

    private static ObjectNode chatRequestOfResponses(Vector vector) {
        ChatRequest.Builder request = ResponsesRequestReader.read((ObjectNode) vector.input()).request().toBuilder();
        Profile.model(vector).ifPresent(request::model);
        return CHAT.encode(request.build(), Profile.quirks(vector));
    }

    private static JsonNode responsesAnswer(Vector vector) {
        ResponsesRequest client = responsesRequest(vector);
        AnswerCollector answer = new AnswerCollector();
        CHAT.decode(client.request(), Profile.quirks(vector), vector.input().path("body"), answer);
        return ok(ResponsesResponseWriter.write(answer, "client-model", client.tools()));
    }

    private static List<String> responsesStream(Vector vector) {
        ResponsesRequest client = responsesRequest(vector);
        Upstream upstream = new Upstream(
                CHAT,
                client.request(),
                Profile.quirks(vector),
                new ResponsesStreamEncoder("client-model", client.tools()));
        upstream.play(vector.input());
        ObjectNode assembled = ResponsesStreamGrammar.assemble(upstream.data());
        List<String> out = members(vector.expected(), assembled);
        out.addAll(checkpoints(
                vector,
                upstream,
                event -> event.path("type").asText().equals("response.output_text.delta")
                        ? event.path("delta").asText()
                        : ""));
        return out;
    }

    private static ResponsesRequest responsesRequest(Vector vector) {
        ObjectNode body = vector.clientRequest() instanceof ObjectNode request ? request.deepCopy() : Json.object();
        if (!body.has("input")) {
            body.put("input", "x");
        }
        return ResponsesRequestReader.read(body);
    }

    /** Compares the members that are expected, but for those that need the stream itself. */
    private static List<String> members(JsonNode expected, JsonNode actual) {
        List<String> out = new ArrayList<>();
        expected.properties().forEach(member -> {
            if (!member.getKey().equals("checkpoints") && !member.getKey().equals("events")) {
                out.addAll(Match.differences(member.getValue(), actual.path(member.getKey())));
            }
        });
        return out;
    }

    private static ObjectNode ok(JsonNode body) {
        ObjectNode answer = Json.object().put("status", 200);
        answer.set("body", body);
        return answer;
    }

    private static List<String> checkpoints(Vector vector, Upstream upstream, Function<JsonNode, String> textOf) {
        List<String> out = new ArrayList<>();
        for (JsonNode checkpoint : vector.expected().path("checkpoints")) {
            StringBuilder text = new StringBuilder();
            List<String> sent =
                    upstream.dataAfterLine(checkpoint.path("after_line").asInt());
            sent.stream().map(Json::parse).map(textOf).forEach(text::append);
            String least = checkpoint.path("text_at_least").asText();
            if (!text.toString().startsWith(least)) {
                out.add("after line " + checkpoint.path("after_line") + ": " + text + ", want " + least);
            }
        }
        return out;
    }
}
