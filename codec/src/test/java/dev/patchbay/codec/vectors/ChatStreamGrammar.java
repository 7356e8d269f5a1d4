package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.util.List;

/** What a client of OpenAI chat makes of an event stream: the answer in the form that vectors expect. */
public final class ChatStreamGrammar {

    private final ObjectNode result = Json.object().put("outcome", "completed");
    private final ObjectNode message = Json.object();

    private ChatStreamGrammar() {}

    /** Assembles the data of a whole stream. */
    public static ObjectNode assemble(List<String> data) {
        ChatStreamGrammar grammar = new ChatStreamGrammar();
        grammar.result.put("done_marker", false).put("usage_chunk", false);
        data.forEach(grammar::data);
        grammar.result.set("message", grammar.message);
        if (grammar.message.has("role") && !grammar.message.hasNonNull("content")) {
            grammar.message.putNull("content");
        }
        return grammar.result;
    }

    private void data(String text) {
        if (result.path("done_marker").asBoolean() || result.has("error")) {
            throw new AssertionError("data after the end: " + text);
        }
        if (text.equals("[DONE]")) {
            result.put("done_marker", true);
            return;
        }
        JsonNode chunk = Json.parse(text);
        if (chunk.has("error")) {
            result.put("outcome", "error").set("error", chunk.path("error"));
            return;
        }
        if (chunk.path("usage").isObject()) {
            result.put("usage_chunk", chunk.path("choices").isEmpty()).set("usage", chunk.path("usage"));
        }
        JsonNode choice = chunk.path("choices").path(0);
        delta(choice.path("delta"));
        if (choice.hasNonNull("finish_reason")) {
            result.set("finish_reason", choice.path("finish_reason"));
        }
    }

    private void delta(JsonNode delta) {
        delta.properties().forEach(member -> {
            switch (member.getKey()) {
                case "tool_calls" -> member.getValue().forEach(this::call);
                case "role" -> message.set("role", member.getValue());
                default -> append(message, member.getKey(), member.getValue().asText());
            }
        });
    }

    private void call(JsonNode delta) {
        ArrayNode calls = message.withArray("tool_calls");
        int index = delta.path("index").asInt(-1);
        if (index == calls.size()) {
            calls.add(((ObjectNode) delta.deepCopy()).without("index"));
            return;
        }
        ObjectNode function = (ObjectNode) calls.path(index).path("function");
        append(function, "arguments", delta.path("function").path("arguments").asText());
    }

    private static void append(ObjectNode node, String member, String text) {
        node.put(member, node.path(member).asText("") + text);
    }
}
