package dev.patchbay.internal.gateway.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.http.PreparedCall;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the secrets that were sent out of the errors in an answer that passes through, and leaves everything else as it is, byte
 * for byte: a model may well say what looks like a key. Follows the JSON as it comes, so nothing but the value of an error is
 * held back. Used on one event loop.
 */
final class ErrorMask {

    /** Members of an answer or event that tell what went wrong, in one dialect or another (dialects.md, E2). */
    private static final Set<String> ERRORS =
            Set.of("error", "errors", "detail", "msg", "message", "param", "code", "base_resp");

    /** What is longer is cleaned in parts. */
    private static final int LONGEST_HELD = 256 * 1024;

    /** So much of a part stays for the next, since a secret may be cut in two. */
    private static final int OVERLAP = 4 * 1024;

    private static final int LONGEST_NAME = 16;
    private static final int DEEPEST_NAMED = 3;

    private final PreparedCall sent;
    private final boolean events;

    private final StringBuilder name = new StringBuilder(LONGEST_NAME);
    private final String[] names = {"", "", "", ""};
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);
    private boolean holding;
    private int heldDepth;
    private int depth;
    private long objects;
    private boolean inString;
    private boolean escaped;
    private boolean inName;
    private boolean nameNext;
    private boolean valueNext;

    private final StringBuilder field = new StringBuilder(LONGEST_NAME);
    private Line line = Line.FIELD;
    private boolean errorEvent;
    private boolean afterReturn;

    private enum Line {
        FIELD,
        DATA,
        NAME,
        OTHER
    }

    /** @param events whether the answer is an event stream, and not one JSON value */
    ErrorMask(PreparedCall sent, boolean events) {
        this.sent = sent;
        this.events = events;
        this.line = events ? Line.FIELD : Line.DATA;
    }

    /** Whether nothing is under way: the next bytes begin an event, or a value. */
    boolean isIdle() {
        boolean lineBegins = line == Line.FIELD && field.length() == 0;
        return !holding && depth == 0 && !inString && !errorEvent && (!events || lineBegins);
    }

    /** The same bytes without secrets; the end of an error may follow with the next. */
    Buffer apply(Buffer bytes) {
        byte[] in = bytes.getBytes();
        ByteArrayOutputStream out = null;
        int from = 0;
        for (int i = 0; i < in.length; i++) {
            boolean before = holding;
            next(in[i]);
            if (!before && !holding) {
                continue;
            }
            if (out == null) {
                out = new ByteArrayOutputStream(in.length + 64);
            }
            if (!before) {
                out.write(in, from, i - from);
            }
            from = i + 1;
            hold(in[i], out);
        }
        if (out == null) {
            return bytes;
        }
        if (from < in.length) {
            out.write(in, from, in.length - from);
        }
        return Buffer.buffer(out.toByteArray());
    }

    /** What is held when no more comes. */
    Buffer rest() {
        holding = false;
        Buffer rest = Buffer.buffer(sent.clean(held.toByteArray()));
        held.reset();
        return rest;
    }

    private void hold(byte b, ByteArrayOutputStream out) {
        held.write(b);
        if (!holding) {
            out.writeBytes(cleaned(held.toByteArray()));
            held.reset();
        } else if (held.size() >= LONGEST_HELD) {
            byte[] part = sent.clean(held.toByteArray());
            int given = Math.max(0, part.length - OVERLAP);
            out.write(part, 0, given);
            held.reset();
            held.write(part, given, part.length - given);
        }
    }

    /** A value may write a secret with escapes; then it only comes to light when the value is read. */
    private byte[] cleaned(byte[] value) {
        byte[] bytes = sent.clean(value);
        Optional<JsonNode> json = Json.tryParse(new String(bytes, StandardCharsets.UTF_8));
        if (json.isEmpty()) {
            return bytes;
        }
        JsonNode clean = cleaned(json.get());
        return clean.equals(json.get()) ? bytes : Json.text(clean).getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode cleaned(JsonNode value) {
        if (value.isTextual()) {
            return TextNode.valueOf(sent.clean(value.textValue()));
        }
        if (value instanceof ObjectNode object) {
            ObjectNode clean = Json.object();
            object.properties().forEach(member -> clean.set(sent.clean(member.getKey()), cleaned(member.getValue())));
            return clean;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode clean = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> clean.add(cleaned(item)));
            return clean;
        }
        return value;
    }

    private void next(byte b) {
        boolean second = afterReturn && b == '\n';
        afterReturn = b == '\r';
        if (events && (b == '\n' || b == '\r')) {
            if (!second) {
                lineEnd();
            }
        } else if (line == Line.FIELD) {
            field(b);
        } else if (line == Line.NAME) {
            name(b);
        } else if (line == Line.DATA && errorEvent) {
            holding = true;
        } else if (line == Line.DATA) {
            json(b);
        }
    }

    /** Lines of one event belong together; a blank one ends it. */
    private void lineEnd() {
        if (line == Line.FIELD && field.length() == 0) {
            reset();
        } else if (line == Line.NAME && name.toString().strip().equals("error")) {
            errorEvent = true;
        } else if (errorEvent) {
            holding = false;
        }
        line = Line.FIELD;
        field.setLength(0);
    }

    private void reset() {
        holding = false;
        errorEvent = false;
        depth = 0;
        objects = 0;
        inString = false;
        escaped = false;
        inName = false;
        nameNext = false;
        valueNext = false;
        name.setLength(0);
    }

    private void field(byte b) {
        if (b != ':') {
            // A byte order mark may stand before the first.
            if (b >= 0 && field.length() < LONGEST_NAME) {
                field.append((char) b);
            }
            return;
        }
        String said = field.toString();
        name.setLength(0);
        line = said.equals("data") ? Line.DATA : said.equals("event") ? Line.NAME : Line.OTHER;
    }

    private void name(byte b) {
        if (name.length() < LONGEST_NAME) {
            name.append((char) b);
        }
    }

    private void json(byte b) {
        if (inString) {
            string(b);
            return;
        }
        switch (b) {
            case '"' -> {
                inString = true;
                inName = nameNext;
                nameNext = false;
                name.setLength(0);
                if (!inName) {
                    value(b);
                }
            }
            case '{' -> {
                value(b);
                depth++;
                objects = depth < Long.SIZE ? objects | (1L << depth) : objects;
                nameNext = true;
            }
            case '[' -> {
                value(b);
                depth++;
                objects = depth < Long.SIZE ? objects & ~(1L << depth) : objects;
            }
            case '}', ']' -> {
                depth = Math.max(0, depth - 1);
                nameNext = false;
                valueNext = false;
                release(depth);
            }
            case ',' -> {
                release(depth);
                nameNext = depth < Long.SIZE && (objects & (1L << depth)) != 0;
                valueNext = false;
            }
            case ':' -> valueNext = true;
            case ' ', '\t', '\n', '\r' -> {}
            default -> value(b);
        }
    }

    private void string(byte b) {
        if (escaped) {
            escaped = false;
        } else if (b == '\\') {
            escaped = true;
        } else if (b == '"') {
            inString = false;
            if (inName && depth <= DEEPEST_NAMED) {
                names[depth] = name.toString();
            }
            if (!inName) {
                release(depth);
            }
            return;
        }
        if (inName && name.length() < LONGEST_NAME) {
            name.append((char) b);
        }
    }

    /** A value begins, or goes on. */
    private void value(byte first) {
        if (valueNext && !holding && isOfError(first)) {
            holding = true;
            heldDepth = depth;
        }
        valueNext = false;
    }

    private boolean isOfError(byte first) {
        boolean member = depth <= DEEPEST_NAMED && depth > 0 && (objects & (1L << depth)) != 0;
        if (!member) {
            return false;
        }
        String last = names[depth];
        if (depth == 1) {
            // The first event of Messages has an object of that name, with what the model says.
            return ERRORS.contains(last) && !(last.equals("message") && first != '"');
        }
        boolean inResponse = depth == 2 && (objects & 2) != 0 && names[1].equals("response");
        boolean inChoice = depth == 3 && names[1].equals("choices");
        boolean inArray = depth == 2 && (objects & 2) == 0;
        return (inResponse || inChoice || inArray) && last.equals("error");
    }

    private void release(int to) {
        if (holding && heldDepth >= to && !errorEvent) {
            holding = false;
        }
    }
}
