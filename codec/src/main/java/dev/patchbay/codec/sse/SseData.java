package dev.patchbay.codec.sse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonSyntaxException;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The data of one event, as {@link SseParser} gives it. */
public final class SseData {

    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

    private SseData() {}

    /** Names of events, and words in the place of their data, that only keep a connection open. */
    private static final Set<String> KEEP_ALIVE = Set.of("ping", "heartbeat", "keepalive", "keep-alive");

    private static final int LONGEST_WORD = 16;

    /** Of data that cannot be read, in bytes. */
    private static final int LONGEST_SHOWN = 2000;

    /**
     * Whether an event says nothing, and only keeps the connection: nothing but white space, a comment that went astray into the
     * data ({@code data: : keepalive}, opencode#50871), or a word for it.
     */
    public static boolean isKeepAlive(String name, byte[] data, int length) {
        int first = first(data, length);
        if (first == length || data[first] == ':' || KEEP_ALIVE.contains(name)) {
            return true;
        }
        boolean word = length - first <= LONGEST_WORD && data[first] != '{' && data[first] != '[';
        return word && KEEP_ALIVE.contains(text(data, length).strip().toLowerCase(Locale.ROOT));
    }

    /** Whether this is the marker that ends a stream in OpenAI dialects. */
    public static boolean isDoneMarker(byte[] data, int length) {
        int start = first(data, length);
        return startsWithMarker(data, start, length - start);
    }

    /** Whether a part of an array is that marker and nothing else but white space. */
    static boolean isDoneMarker(byte[] data, int offset, int length) {
        int end = offset + length;
        int start = offset;
        while (start < end && data[start] == ' ') {
            start++;
        }
        if (!startsWithMarker(data, start, end - start)) {
            return false;
        }
        int behind = start + DONE.length;
        while (behind < end && (data[behind] == ' ' || data[behind] == '\t')) {
            behind++;
        }
        return behind == end;
    }

    private static boolean startsWithMarker(byte[] data, int start, int length) {
        return length >= DONE.length && Arrays.equals(data, start, start + DONE.length, DONE, 0, DONE.length);
    }

    /** The value; empty if it is not JSON. Bytes that are not UTF-8 are replaced, not refused; NaN is null (S1). */
    public static Optional<JsonNode> parse(byte[] data, int length) {
        try {
            return Optional.of(Json.parse(data, 0, length));
        } catch (JsonSyntaxException notJson) {
            return Json.tryParseLoose(text(data, length));
        }
    }

    /** The failure for data that is not JSON, with its beginning; in an event named error it is the message. */
    public static ProviderException unreadable(String name, byte[] data, int length) {
        String said = text(data, Math.min(length, LONGEST_SHOWN)).strip();
        return Bodies.unusable(name.equals("error") ? said : "upstream sent an event that is not JSON: " + said);
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
