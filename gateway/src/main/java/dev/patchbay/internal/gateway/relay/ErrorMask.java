package dev.patchbay.internal.gateway.relay;

import dev.patchbay.internal.http.PreparedCall;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.Set;

/**
 * Takes the secrets that were sent out of an answer that passes through, but for what the model says in it, which is left as it
 * is, byte for byte: a model may well say what looks like a key, and providers tell errors in members of any name. Follows the
 * JSON as it comes, so nothing but what may be cleaned is held back. Used on one event loop.
 */
final class ErrorMask {

    /** Members of an answer or event in which the model speaks, in one dialect or another. */
    private static final Set<String> ANSWERS = Set.of(
            "choices",
            "content",
            "content_block",
            "delta",
            "output",
            "output_text",
            "item",
            "part",
            "response",
            "text",
            "arguments",
            "refusal",
            "input",
            "candidates");

    /** In the first event of Messages, and in vectors: what else these hold tells of an error. */
    private static final String MESSAGE_OBJECT = "message";

    private static final String DATA_ARRAY = "data";

    /** What is longer is cleaned in parts. */
    private static final int LONGEST_HELD = 16 * 1024;

    /** So much of a part stays for the next, since a secret may be cut in two. */
    private static final int OVERLAP = 4 * 1024;

    private static final int LONGEST_NAME = 16;
    private static final int DEEPEST_NAMED = 3;

    private final ValueMask values;
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
    private boolean noAnswer;
    private boolean wholeLine;
    private boolean afterReturn;

    private enum Line {
        FIELD,
        DATA,
        NAME,
        OTHER
    }

    /** @param events whether the answer is an event stream, and not one JSON value */
    ErrorMask(PreparedCall sent, boolean events) {
        this.values = new ValueMask(sent);
        this.events = events;
        this.line = events ? Line.FIELD : Line.DATA;
    }

    /** Whether whole events need not be looked at more closely: none is under way, and they name no secret. */
    boolean isIdle(Buffer whole) {
        boolean lineBegins = line == Line.FIELD && field.length() == 0;
        return !holding && depth == 0 && !inString && !noAnswer && lineBegins && !values.isNamedIn(whole.getBytes());
    }

    /**
     * An answer that came whole, without secrets.
     *
     * @param bytes those of the answer
     */
    Buffer whole(Buffer answer, byte[] bytes) {
        return values.isNamedIn(bytes) ? apply(answer) : answer;
    }

    /** The same bytes without secrets; the end of an error may follow with the next. */
    Buffer apply(Buffer bytes) {
        byte[] in = bytes.getBytes();
        ByteArrayOutputStream out = holding ? new ByteArrayOutputStream(in.length + 64) : null;
        int from = 0;
        for (int i = significant(in, 0); i < in.length; i = significant(in, i + 1)) {
            boolean before = holding;
            next(in[i]);
            if (before == holding) {
                continue;
            }
            if (out == null) {
                out = new ByteArrayOutputStream(in.length + 64);
            }
            if (holding) {
                out.write(in, from, i - from);
                from = i;
            } else {
                int end = isLineEnd(in[i]) ? i : i + 1;
                hold(in, from, end, out);
                giveHeld(out);
                from = end;
            }
        }
        if (out == null) {
            return bytes;
        }
        if (holding) {
            hold(in, from, in.length, out);
        } else {
            out.write(in, from, in.length - from);
        }
        return Buffer.buffer(out.toByteArray());
    }

    /** The next byte that can change anything: a line that is held, and a text, go on to their ends, and may be long. */
    private int significant(byte[] in, int from) {
        boolean inText = inString && !inName && !escaped && line == Line.DATA && !noAnswer;
        boolean inHeldLine = holding && (line == Line.OTHER || (line == Line.DATA && noAnswer));
        if (!inText && !inHeldLine) {
            return from;
        }
        int i = from;
        while (i < in.length && !(events && isLineEnd(in[i])) && !(inText && (in[i] == '"' || in[i] == '\\'))) {
            i++;
        }
        afterReturn &= i == from;
        return i;
    }

    /** What is held when no more comes. */
    Buffer rest() {
        holding = false;
        Buffer rest = Buffer.buffer(values.clean(held.toByteArray()));
        held.reset();
        return rest;
    }

    private void hold(byte[] in, int from, int to, ByteArrayOutputStream out) {
        for (int i = from; i < to; ) {
            int some = Math.min(to - i, LONGEST_HELD - held.size());
            held.write(in, i, some);
            i += some;
            if (held.size() >= LONGEST_HELD) {
                byte[] part = values.cleanPart(held.toByteArray());
                int given = Math.max(0, part.length - OVERLAP);
                out.write(part, 0, given);
                held.reset();
                held.write(part, given, part.length - given);
            }
        }
    }

    private void giveHeld(ByteArrayOutputStream out) {
        out.writeBytes(values.clean(held.toByteArray()));
        held.reset();
    }

    private void next(byte b) {
        boolean second = afterReturn && b == '\n';
        afterReturn = b == '\r';
        if (events && isLineEnd(b)) {
            if (!second) {
                lineEnd();
            }
        } else if (line == Line.FIELD) {
            field(b);
        } else if (line == Line.NAME) {
            name(b);
        } else if (line == Line.OTHER || noAnswer) {
            holdLine();
        } else {
            json(b);
        }
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    private void holdLine() {
        if (!holding) {
            holding = true;
            wholeLine = true;
        }
    }

    /** Lines of one event belong together; a blank one ends it. */
    private void lineEnd() {
        giveLine();
        if (line == Line.FIELD && field.length() == 0) {
            reset();
        } else if (line == Line.NAME && name.toString().strip().equals("error")) {
            noAnswer = true;
        }
        line = Line.FIELD;
        field.setLength(0);
    }

    private void reset() {
        holding = false;
        noAnswer = false;
        depth = 0;
        objects = 0;
        inString = false;
        escaped = false;
        inName = false;
        nameNext = false;
        valueNext = false;
        name.setLength(0);
    }

    /** A line without a colon is one as well, so it is held until its name is known. */
    private void field(byte b) {
        holdLine();
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
        if (line == Line.DATA) {
            giveLine();
        }
    }

    private void giveLine() {
        if (wholeLine) {
            holding = false;
            wholeLine = false;
        }
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
                } else if (!holding && depth <= DEEPEST_NAMED) {
                    holding = true;
                    heldDepth = depth;
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
            release(depth);
            return;
        }
        if (inName && name.length() < LONGEST_NAME) {
            name.append((char) b);
        }
    }

    /** A value begins, or goes on. */
    private void value(byte first) {
        if (depth == 0 && !isContainer(first)) {
            // What is no JSON object is no answer; a byte order mark is nothing.
            noAnswer = first >= 0;
            if (noAnswer) {
                holdLine();
            }
        } else if (!holding && (valueNext ? mayName(first) : isPlainItem(first))) {
            holding = true;
            heldDepth = depth;
        }
        valueNext = false;
    }

    private static boolean isContainer(byte first) {
        return first == '{' || first == '[';
    }

    /** Whether a value is a text in an array that is all of the answer. */
    private boolean isPlainItem(byte first) {
        return depth == 1 && (objects & 2) == 0 && first == '"';
    }

    /** Whether a value may name a secret where the model does not speak. */
    private boolean mayName(byte first) {
        boolean member = depth <= DEEPEST_NAMED && depth > 0 && (objects & (1L << depth)) != 0;
        if (!member || (first != '"' && !isContainer(first))) {
            return false;
        }
        String last = names[depth];
        boolean inArray = depth == 2 && (objects & 2) == 0;
        if (depth == 1 || inArray) {
            return !ANSWERS.contains(last)
                    && !(first == '{' && last.equals(MESSAGE_OBJECT))
                    && !(first == '[' && last.equals(DATA_ARRAY));
        }
        boolean inResponse = depth == 2 && names[1].equals("response");
        boolean inChoice = depth == 3 && names[1].equals("choices");
        return (inResponse || inChoice) && last.equals("error");
    }

    private void release(int to) {
        if (holding && heldDepth >= to && !wholeLine) {
            holding = false;
        }
    }
}
