package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the rules of the official SDKs make of an Anthropic event stream. */
public final class MessagesAssembly {

    private ObjectNode message = Json.object();
    private final Map<Integer, String> inputs = new TreeMap<>();
    private JsonNode error = MissingNode.getInstance();

    /** Assembles a whole stream. */
    public static MessagesAssembly of(List<JsonNode> events) {
        MessagesAssembly assembly = new MessagesAssembly();
        events.forEach(assembly::event);
        assembly.finish();
        return assembly;
    }

    public String outcome() {
        return error.isMissingNode() ? "completed" : "error";
    }

    public JsonNode error() {
        return error;
    }

    public JsonNode message() {
        return message;
    }

    public JsonNode content() {
        return message.has("content") ? message.path("content") : Json.array();
    }

    private void event(JsonNode event) {
        switch (event.path("type").asText()) {
            case "message_start" -> message = event.path("message").deepCopy();
            case "content_block_start" ->
                ((ArrayNode) message.path("content"))
                        .add(event.path("content_block").deepCopy());
            case "content_block_delta" -> delta(event.path("index").asInt(), event.path("delta"));
            case "message_delta" -> {
                message.setAll((ObjectNode) event.path("delta"));
                ((ObjectNode) message.path("usage")).setAll((ObjectNode) event.path("usage"));
            }
            case "error" -> error = event.path("error");
            default -> {}
        }
    }

    private void delta(int index, JsonNode delta) {
        ObjectNode block = (ObjectNode) message.path("content").path(index);
        switch (delta.path("type").asText()) {
            case "text_delta" -> append(block, "text", delta);
            case "thinking_delta" -> append(block, "thinking", delta);
            case "signature_delta" -> block.set("signature", delta.path("signature"));
            case "input_json_delta" ->
                inputs.merge(index, delta.path("partial_json").asText(), String::concat);
            default -> {}
        }
    }

    private static void append(ObjectNode block, String member, JsonNode delta) {
        block.put(member, block.path(member).asText() + delta.path(member).asText());
    }

    private void finish() {
        inputs.forEach((index, text) -> {
            ObjectNode block = (ObjectNode) message.path("content").path(index);
            if (!text.isBlank()) {
                Json.tryParse(text).ifPresentOrElse(input -> block.set("input", input), () -> block.put("input", text));
            }
        });
        message.path("content").forEach(block -> ((ObjectNode) block).remove("signature"));
    }
}
