package dev.patchbay.codec.sse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a stream, most of which are the one before but for one text. Where the bytes around that text are the same, so is
 * all that they say: the tree of the event before is taken again, with the text that is new. What comes out is what {@link SseData#parse}
 * gives; what an event means is not known here.
 *
 * <p>A tree is lent until the next event is read. Used by one thread.
 */
public final class RepeatedEvents {

    /** Where so many events in a row were unlike the one before, the rest of the stream is, too. */
    private static final int MOST_UNLIKE = 16;

    private final String member;
    private final byte[] quoted;
    private int unlike;

    private byte[] before = {};
    private byte[] behind = {};
    private @Nullable ObjectNode tree;
    private ObjectNode holder = Json.object();

    /**
     * A reader for one stream.
     *
     * @param member the name of the text that changes
     */
    public RepeatedEvents(String member) {
        this.member = member;
        this.quoted = ('"' + member + '"').getBytes(StandardCharsets.US_ASCII);
    }

    /** The value, as {@link SseData#parse} gives it. */
    public Optional<JsonNode> parse(byte[] data, int length) {
        if (unlike == MOST_UNLIKE) {
            return SseData.parse(data, length);
        }
        JsonNode again = again(data, length);
        if (again != null) {
            unlike = 0;
            return Optional.of(again);
        }
        unlike++;
        Optional<JsonNode> value = SseData.parse(data, length);
        tree = null;
        value.ifPresent(read -> learn(data, length, read));
        return value;
    }

    private @Nullable JsonNode again(byte[] data, int length) {
        int close = length - behind.length;
        if (tree == null
                || close < before.length
                || !Arrays.equals(data, 0, before.length, before, 0, before.length)
                || !Arrays.equals(data, close, length, behind, 0, behind.length)) {
            return null;
        }
        String text = text(data, before.length, close);
        if (text == null) {
            return null;
        }
        holder.put(member, text);
        return tree;
    }

    /** What stands between two quotes; null if it is not the whole of one text. */
    private static @Nullable String text(byte[] data, int start, int end) {
        for (int i = start; i < end; i++) {
            if (data[i] < ' ' || data[i] == '"' || data[i] == '\\') {
                return escaped(data, start, end);
            }
        }
        return new String(data, start, end - start, StandardCharsets.US_ASCII);
    }

    private static @Nullable String escaped(byte[] data, int start, int end) {
        try {
            return Json.parse(data, start - 1, end - start + 2).textValue();
        } catch (JsonSyntaxException several) {
            return null;
        }
    }

    /** Only where there is no doubt which bytes are the text: its name stands there once, and nothing else is written with escapes. */
    private void learn(byte[] data, int length, JsonNode value) {
        int name = find(data, 0, length);
        if (name < 0 || find(data, name + 1, length) >= 0) {
            return;
        }
        int colon = skip(data, name + quoted.length, length);
        int open = colon < length && data[colon] == ':' ? skip(data, colon + 1, length) : length;
        if (open >= length || data[open] != '"') {
            return;
        }
        int close = open + 1;
        while (close < length && data[close] != '"') {
            close += data[close] == '\\' ? 2 : 1;
        }
        if (close >= length
                || has(data, 0, open)
                || has(data, close, length)
                || !(value instanceof ObjectNode whole)
                || !(value.findParent(member) instanceof ObjectNode parent)
                || !parent.path(member).isTextual()
                || !parent.path(member).textValue().equals(text(data, open + 1, close))) {
            return;
        }
        before = Arrays.copyOfRange(data, 0, open + 1);
        behind = Arrays.copyOfRange(data, close, length);
        tree = whole;
        holder = parent;
    }

    private int find(byte[] data, int from, int length) {
        for (int i = from; i <= length - quoted.length; i++) {
            if (data[i] == '"' && Arrays.equals(data, i, i + quoted.length, quoted, 0, quoted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static int skip(byte[] data, int from, int length) {
        int i = from;
        while (i < length && (data[i] == ' ' || data[i] == '\t' || data[i] == '\n' || data[i] == '\r')) {
            i++;
        }
        return i;
    }

    private static boolean has(byte[] data, int start, int end) {
        for (int i = start; i < end; i++) {
            if (data[i] == '\\') {
                return true;
            }
        }
        return false;
    }
}
