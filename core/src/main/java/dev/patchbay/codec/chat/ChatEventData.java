package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.json.Json;
import dev.patchbay.json.JsonSyntaxException;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The data of one event of a chat stream (dialects.md, S1 and S2). */
final class ChatEventData {

    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

    private ChatEventData() {}

    /** Whether there is nothing but white space, as some servers send it to keep the connection. */
    static boolean isBlank(byte[] data, int length) {
        return first(data, length) == length;
    }

    /** Whether this is the marker that ends a stream. */
    static boolean isDone(byte[] data, int length) {
        int start = first(data, length);
        if (length - start < DONE.length) {
            return false;
        }
        for (int i = 0; i < DONE.length; i++) {
            if (data[start + i] != DONE[i]) {
                return false;
            }
        }
        return true;
    }

    /** The value; empty if it is not JSON. Bytes that are not UTF-8 are replaced, not refused. */
    static Optional<JsonNode> parse(byte[] data, int length) {
        try {
            return Optional.of(Json.parse(data, 0, length));
        } catch (JsonSyntaxException notJson) {
            return Json.tryParse(text(data, length));
        }
    }

    /** The failure for data that is not JSON; in an event named error it is the message. */
    static ProviderException unreadable(String name, byte[] data, int length) {
        return Bodies.unusable(
                name.equals("error") ? text(data, length).strip() : "upstream sent an event that is not JSON");
    }

    /** The one choice that is asked for; missing if it is not among those of the chunk. */
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

    private static String text(byte[] data, int length) {
        return new String(data, 0, length, StandardCharsets.UTF_8);
    }

    private static int first(byte[] data, int length) {
        int i = 0;
        while (i < length && data[i] <= ' ' && data[i] >= 0) {
            i++;
        }
        return i;
    }
}
