package dev.patchbay.codec.sse;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;

/** Writes events of an event stream. JSON has no raw line ends, so every event has one data line. */
public final class SseText {

    private static final JsonStringEncoder ESCAPES = JsonStringEncoder.getInstance();
    private static final int ENVELOPE = 160;

    private SseText() {}

    /** An event with a name. */
    public static String event(String name, JsonNode data) {
        return "event: " + name + "\ndata: " + Json.text(data) + "\n\n";
    }

    /** An event without a name. */
    public static String data(JsonNode data) {
        return "data: " + Json.text(data) + "\n\n";
    }

    /** Any text, written around a text that becomes a JSON string: the fast way for what there is most of. */
    public static String around(String before, String text, String after) {
        StringBuilder event = new StringBuilder(before.length() + text.length() + after.length() + ENVELOPE);
        event.append(before);
        if (isPlain(text)) {
            event.append(text);
        } else {
            ESCAPES.quoteAsString(text, event);
        }
        return event.append(after).toString();
    }

    /** Whether a text is a JSON string as it stands; most pieces of an answer are, and are copied at one go. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
