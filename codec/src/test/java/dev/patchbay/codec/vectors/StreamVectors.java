package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.chat.ChatStreamEncoder;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesStreamEncoder;
import dev.patchbay.codec.responses.ResponsesDialect;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesStreamEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs vectors of kind stream. */
final class StreamVectors {

    private StreamVectors() {}

    static List<String> chatToMessages(Vector vector) {
        return toMessages(vector, new ChatDialect());
    }

    static List<String> responsesToMessages(Vector vector) {
        return toMessages(vector, new ResponsesDialect());
    }

    private static List<String> toMessages(Vector vector, WireDialect dialect) {
        Upstream upstream = new Upstream(
                dialect, Clients.messages(vector), Profile.quirks(vector), new MessagesStreamEncoder("client-model"));
        upstream.play(vector.input());
        List<JsonNode> events = upstream.data().stream().map(Json::parse).toList();
        List<String> out = new ArrayList<>(MessagesGrammar.violations(events));
        out.addAll(Match.members(vector.expected(), assembled(events, upstream)));
        out.addAll(checkpoints(vector, upstream, event -> event.path("delta").path("text")));
        return out;
    }

    static List<String> messagesToChat(Vector vector) {
        return toChat(vector, new MessagesDialect());
    }

    static List<String> responsesToChat(Vector vector) {
        return toChat(vector, new ResponsesDialect());
    }

    private static List<String> toChat(Vector vector, WireDialect dialect) {
        boolean usage = ChatRequestReader.wantsUsage(vector.clientRequest());
        Upstream upstream = new Upstream(
                dialect, Clients.chat(vector), Profile.quirks(vector), new ChatStreamEncoder("client-model", usage));
        upstream.play(vector.input());
        ObjectNode assembled = ChatStreamGrammar.assemble(upstream.data());
        List<String> out = new ArrayList<>(Match.members(vector.expected(), assembled));
        out.addAll(checkpoints(
                vector,
                upstream,
                event -> event.path("choices").path(0).path("delta").path("content")));
        if (assembled.has("error") && assembled.has("finish_reason")) {
            out.add("a finish reason before the error");
        }
        return out;
    }

    static List<String> chatToResponses(Vector vector) {
        ResponsesRequest client = Clients.responses(vector);
        Upstream upstream = new Upstream(
                new ChatDialect(),
                client.request(),
                Profile.quirks(vector),
                new ResponsesStreamEncoder(client, item -> {}));
        upstream.play(vector.input());
        List<String> out =
                new ArrayList<>(Match.members(vector.expected(), ResponsesStreamGrammar.assemble(upstream.data())));
        out.addAll(checkpoints(
                vector,
                upstream,
                event -> event.path("type").asText().equals("response.output_text.delta")
                        ? event.path("delta")
                        : event.path("none")));
        return out;
    }

    private static ObjectNode assembled(List<JsonNode> events, Upstream upstream) {
        MessagesAssembly assembly = MessagesAssembly.of(events);
        ObjectNode result = Json.object().put("outcome", assembly.outcome());
        result.set("message", assembly.message());
        result.set("error", assembly.error());
        result.set("partial_content", assembly.content());
        result.put(
                "http_status",
                upstream.failure()
                        .map(UpstreamError::of)
                        .map(UpstreamError::status)
                        .orElse(200));
        return result;
    }

    private static List<String> checkpoints(Vector vector, Upstream upstream, Function<JsonNode, JsonNode> textOf) {
        List<String> out = new ArrayList<>();
        for (JsonNode checkpoint : vector.expected().path("checkpoints")) {
            StringBuilder text = new StringBuilder();
            List<String> sent =
                    upstream.dataAfterLine(checkpoint.path("after_line").asInt());
            sent.forEach(data -> text.append(textOf.apply(Json.parse(data)).asText("")));
            String least = checkpoint.path("text_at_least").asText();
            if (!text.toString().startsWith(least)) {
                out.add("after line " + checkpoint.path("after_line") + ": " + text + ", want " + least);
            }
        }
        return out;
    }
}
