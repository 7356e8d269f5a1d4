package dev.patchbay.codec.sse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an event, its tree, and where in both the values stand that another event may have others of: texts and small counts
 * that are members of objects. Used by one thread.
 */
final class EventShape {

    /** A longer event is read whole. */
    private static final int LONGEST = 8 * 1024;

    /** A number of more digits may not be an {@code int}. */
    private static final int MOST_DIGITS = 9;

    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] event;
    private final JsonNode tree;
    private final List<Value> values = new ArrayList<>();

    /** Those that were another once; few, so what stands between them is compared at one go. */
    private List<Value> changing = List.of();

    private EventShape(byte[] event, JsonNode tree) {
        this.event = event;
        this.tree = tree;
    }

    /** One that can be another in the next event: without quotes, from {@code start} to {@code end}. */
    private static final class Value {
        private final ObjectNode holder;
        private final String name;
        private final boolean text;
        private final int start;
        private final int end;
        private boolean changes;

        private Value(ObjectNode holder, String name, boolean text, int start, int end) {
            this.holder = holder;
            this.name = name;
            this.text = text;
            this.start = start;
            this.end = end;
        }
    }

    /**
     * The shape of an event.
     *
     * @param tree what was read from it, by the rules of JSON; its values change with the next event
     * @return null if no other event should be read by it
     */
    static @Nullable EventShape of(byte[] data, int length, JsonNode tree) {
        if (length > LONGEST || !tree.isObject()) {
            return null;
        }
        EventShape shape = new EventShape(Arrays.copyOf(data, length), tree);
        return shape.new Scan().value(tree, null, "") ? shape : null;
    }

    /**
     * Reads an event of this shape.
     *
     * @return the tree with the values of that event; null if it has another shape, and then the tree is of no use any more
     */
    @Nullable JsonNode read(byte[] data, int length) {
        if (matches(data, length, changing)) {
            return tree;
        }
        if (!matches(data, length, values)) {
            return null;
        }
        changing = values.stream().filter(value -> value.changes).toList();
        return tree;
    }

    private boolean matches(byte[] data, int length, List<Value> open) {
        int at = 0;
        int from = 0;
        for (int i = 0; i < open.size(); i++) {
            Value value = open.get(i);
            int start = at + value.start - from;
            if (start > length || !Arrays.equals(data, at, start, event, from, value.start)) {
                return false;
            }
            int end = value.text ? endOfText(data, start, length) : endOfCount(data, start, length);
            if (value.changes || !Arrays.equals(data, start, end, event, value.start, value.end)) {
                JsonNode now = value.text ? text(data, start, end) : count(data, start, end);
                if (now == null) {
                    return false;
                }
                value.changes = true;
                value.holder.set(value.name, now);
            }
            at = end;
            from = value.end;
        }
        return Arrays.equals(data, at, length, event, from, event.length);
    }

    private static int endOfText(byte[] data, int start, int length) {
        int end = start;
        while (end < length && data[end] != '"') {
            end += data[end] == '\\' ? 2 : 1;
        }
        return Math.min(end, length);
    }

    private static int endOfCount(byte[] data, int start, int length) {
        int end = start;
        while (end < length && data[end] >= '0' && data[end] <= '9') {
            end++;
        }
        return end;
    }

    /** A number that is written in digits, as JSON has it; null for one that may not be an {@code int}. */
    private static @Nullable JsonNode count(byte[] data, int start, int end) {
        int digits = end - start;
        if (digits == 0 || digits > MOST_DIGITS || (digits > 1 && data[start] == '0')) {
            return null;
        }
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = data[i] - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            number = number * 10 + digit;
        }
        return IntNode.valueOf(number);
    }

    /** A text that is written as JSON has it; null for one that is not, or may not be. */
    private static @Nullable JsonNode text(byte[] data, int start, int end) {
        boolean escaped = false;
        boolean ascii = true;
        for (int i = start; i < end; i++) {
            byte b = data[i];
            if (b >= 0 && b < ' ') {
                return null;
            }
            escaped |= b == '\\';
            ascii &= b >= 0;
        }
        String text = new String(data, start, end - start, ascii ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8);
        if (!ascii && text.indexOf(REPLACEMENT) >= 0) {
            return null;
        }
        String meant = escaped ? unescaped(text) : text;
        return meant == null ? null : TextNode.valueOf(meant);
    }

    private static @Nullable String unescaped(String text) {
        StringBuilder meant = new StringBuilder(text.length());
        int from = 0;
        for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
            meant.append(text, from, at);
            from = at + 2;
            if (from > text.length()) {
                return null;
            }
            char c = text.charAt(at + 1);
            switch (c) {
                case '"', '\\', '/' -> meant.append(c);
                case 'n' -> meant.append('\n');
                case 't' -> meant.append('\t');
                case 'r' -> meant.append('\r');
                case 'b' -> meant.append('\b');
                case 'f' -> meant.append('\f');
                case 'u' -> {
                    int code = hexadecimal(text, from);
                    if (code < 0) {
                        return null;
                    }
                    meant.append((char) code);
                    from += 4;
                }
                default -> {
                    return null;
                }
            }
        }
        return meant.append(text, from, text.length()).toString();
    }

    /** Four digits; negative if they are none. */
    private static int hexadecimal(String text, int start) {
        if (start + 4 > text.length()) {
            return -1;
        }
        int code = 0;
        for (int i = start; i < start + 4; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            code = code << 4 | digit;
        }
        return code;
    }

    /** Goes through the event and its tree together; gives up where it is not plain which bytes are which value. */
    private final class Scan {

        private int at;

        /** Whether the value that comes next was gone through. */
        boolean value(JsonNode node, @Nullable ObjectNode holder, String name) {
            skipSpace();
            byte first = event[at];
            if (first == '{') {
                return node instanceof ObjectNode object && object(object);
            }
            if (first == '[') {
                return array(node);
            }
            if (node.isContainerNode()) {
                return false;
            }
            int start = first == '"' ? at + 1 : at;
            int end = first == '"' ? endOfText(event, start, event.length) : endOfWord(start);
            at = first == '"' ? end + 1 : end;
            boolean open = first == '"' ? node.isTextual() : node.isInt() && count(event, start, end) != null;
            if (holder != null && open) {
                values.add(new Value(holder, name, first == '"', start, end));
            }
            return true;
        }

        private boolean object(ObjectNode object) {
            int members = 0;
            at++;
            while (next() == '"') {
                int start = at + 1;
                int end = endOfText(event, start, event.length);
                String name = new String(event, start, end - start, StandardCharsets.UTF_8);
                at = end + 1;
                JsonNode member = object.get(name);
                if (member == null || name.indexOf('\\') >= 0 || next() != ':') {
                    return false;
                }
                at++;
                if (!value(member, object, name)) {
                    return false;
                }
                members++;
                skipComma();
            }
            at++;
            // One that stands there twice makes too many.
            return members == object.size();
        }

        private boolean array(JsonNode array) {
            at++;
            for (JsonNode element : array) {
                if (!value(element, null, "")) {
                    return false;
                }
                skipComma();
            }
            boolean closed = next() == ']';
            at++;
            return closed;
        }

        private void skipComma() {
            if (next() == ',') {
                at++;
            }
        }

        private int next() {
            skipSpace();
            return event[at];
        }

        private void skipSpace() {
            while (event[at] == ' ' || event[at] == '\t' || event[at] == '\n' || event[at] == '\r') {
                at++;
            }
        }

        private int endOfWord(int start) {
            int end = start;
            while (end < event.length && ",}] \t\n\r".indexOf(event[end]) < 0) {
                end++;
            }
            return end;
        }
    }
}
