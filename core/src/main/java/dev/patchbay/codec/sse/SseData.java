package dev.patchbay.codec.sse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.json.Json;
import dev.patchbay.json.JsonSyntaxException;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The data of one event, as {@link SseParser} gives it. */
public final class SseData {

    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

    private SseData() {}

    /** Whether there is nothing but white space, as some servers send it to keep the connection. */
    public static boolean isBlank(byte[] data, int length) {
        return first(data, length) == length;
    }

    /** Whether this is the marker that ends a stream in OpenAI dialects. */
    public static boolean isDoneMarker(byte[] data, int length) {
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
    public static Optional<JsonNode> parse(byte[] data, int length) {
        try {
            return Optional.of(Json.parse(data, 0, length));
        } catch (JsonSyntaxException notJson) {
            return Json.tryParse(text(data, length));
        }
    }

    /** The failure for data that is not JSON; in an event named error it is the message. */
    public static ProviderException unreadable(String name, byte[] data, int length) {
        return Bodies.unusable(
                name.equals("error") ? text(data, length).strip() : "upstream sent an event that is not JSON");
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
