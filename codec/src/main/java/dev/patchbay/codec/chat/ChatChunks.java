package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.FreeFormInput;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatEvent;
import java.util.ArrayList;
import java.util.List;

/** Small questions about the chunks of a chat stream and the events made of them. */
final class ChatChunks {

    private ChatChunks() {}

    /** The one choice that is asked for; missing if it is not among those of the chunk (dialects.md, S2). */
    static JsonNode choice(JsonNode choices) {
        if (choices.isArray()) {
            for (JsonNode choice : choices) {
                if (choice.path("index").asInt(0) == 0) {
                    return choice;
                }
            }
        }
        return MissingNode.getInstance();
    }

    /**
     * What a choice says: {@code delta} or {@code message}, whichever of them a server takes for the right one, or the bare
     * {@code text} of an old completion. Of both, the expected one if it says anything. Missing if there is none of them.
     */
    static JsonNode said(JsonNode choice, String expected) {
        String other = expected.equals("delta") ? "message" : "delta";
        JsonNode first = choice.path(expected);
        JsonNode second = choice.path(other);
        if (second.isObject() && !(first.isObject() && ChatFinish.says(first))) {
            return second;
        }
        if (first.isObject()) {
            return first;
        }
        JsonNode text = choice.path("text");
        return text.isTextual() ? Json.object().set("content", text) : MissingNode.getInstance();
    }

    /** The calls of a message or a delta: a list of them, one alone, or parts of the content as Anthropic has them. */
    static List<JsonNode> calls(JsonNode message) {
        JsonNode calls = message.path("tool_calls");
        JsonNode content = message.path("content");
        if (calls.isEmpty() && !content.isContainerNode()) {
            return List.of();
        }
        List<JsonNode> found = new ArrayList<>();
        each(calls).forEach(found::add);
        for (JsonNode part : each(content)) {
            if (part.path("type").asText("").equals("tool_use")) {
                ObjectNode call = Json.object();
                call.set("id", part.path("id"));
                call.set("name", part.path("name"));
                call.set("arguments", part.path("input"));
                found.add(call);
            }
        }
        return found;
    }

    /** What a call is of; some servers leave the level out. */
    static JsonNode function(JsonNode call) {
        if (isFreeForm(call)) {
            return call.path("custom");
        }
        return call.path("function").isObject() ? call.path("function") : call;
    }

    /** Whether a call is of a tool whose input is free text. */
    static boolean isFreeForm(JsonNode call) {
        return call.path("custom").isObject() && !call.path("function").isObject();
    }

    /** What a function is called with, or the free text: a text; some servers send the object itself. */
    static String input(JsonNode call, JsonNode function) {
        JsonNode input = function.path(isFreeForm(call) ? FreeFormInput.MEMBER : "arguments");
        if (input.isTextual()) {
            return input.textValue();
        }
        return input.isNull() || input.isMissingNode() ? "" : Json.text(input);
    }

    /** The entries of a list, and one that stands where a list belongs. */
    static Iterable<JsonNode> each(JsonNode value) {
        return value.isObject() ? List.of(value) : value;
    }

    /** How much text an event carries, in characters. */
    static int textLength(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta) {
            return delta.text().length();
        }
        if (event instanceof ChatEvent.ThinkingDelta delta) {
            return delta.thinking().length();
        }
        return event instanceof ChatEvent.InputDelta delta ? delta.json().length() : 0;
    }
}
