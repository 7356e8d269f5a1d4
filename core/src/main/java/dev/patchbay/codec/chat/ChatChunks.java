package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.spi.ChatEvent;

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
