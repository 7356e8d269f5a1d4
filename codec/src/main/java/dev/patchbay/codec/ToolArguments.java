package dev.patchbay.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;

/**
 * The arguments of a tool call that comes in pieces, as one JSON text (dialects.md, S6).
 *
 * <p>Some servers send with every piece the whole text so far, or the finished call once more; only what is new is given on. An
 * empty object that comes first is held back, since others send it before the real one; what follows the object is left out.
 *
 * <p>Each character is looked at once: only braces, brackets and strings are followed. Once the outermost brace has closed
 * the text is parsed, one time. That is exact: a text that is no JSON at that point cannot become JSON by growing. Used by
 * one thread.
 */
public final class ToolArguments {

    /** Shorter texts can be the beginning of an object and of one inside it, such as an object "a" in an object "a". */
    private static final int TELLING_LENGTH = 8;

    private final StringBuilder text = new StringBuilder();
    private boolean cumulative;
    private boolean heldBack;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean closed;
    private boolean parsed;
    private boolean invalid;

    /** Whether it begins as no object does, and is held to its end: as a whole it may mean one (R4). */
    private boolean foreign;

    /** What follows the object. */
    private final StringBuilder after = new StringBuilder();

    /**
     * Takes a piece.
     *
     * @return what of it is new and can be passed on; may be empty
     */
    public String add(String piece) {
        boolean nothing = text.isEmpty() && piece.isBlank();
        if (piece.isEmpty() || nothing || isRepeated(piece)) {
            return "";
        }
        if (after.length() > 0 || (heldBack && isStray(piece.stripLeading()))) {
            after.append(piece);
            return "";
        }
        if (foreign || beginsForeign(piece)) {
            foreign = true;
            text.append(piece);
            return "";
        }
        if (heldBack) {
            restart();
        }
        String fresh = piece;
        if (isWholeSoFar(piece)) {
            cumulative = true;
            fresh = piece.substring(text.length());
        } else if (cumulative && piece.length() <= text.length() && text.indexOf(piece) == 0) {
            return "";
        }
        heldBack = text.isEmpty() && isEmptyObject(fresh);
        String object = append(fresh);
        return heldBack ? "" : object;
    }

    /** What was held back, to be passed on when nothing more comes. */
    public String rest() {
        if (foreign) {
            ObjectNode input = ToolInput.parse(text.toString());
            return input.isEmpty() ? "" : Json.text(input);
        }
        // What follows a whole object is a tag of the model's format, or a brace too much; another object would be lost
        // with it.
        String stray = after.indexOf("{") < 0 ? "" : after.toString();
        return heldBack ? text + stray : stray;
    }

    /** Where the object ends that a text begins with; 0 if it begins with none. */
    static int objectEnd(String text) {
        ToolArguments scan = new ToolArguments();
        for (int i = 0; i < text.length() && !scan.invalid; i++) {
            scan.next(text.charAt(i));
            if (scan.closed) {
                return i + 1;
            }
        }
        return 0;
    }

    private boolean beginsForeign(String piece) {
        return text.isEmpty() && !piece.isBlank() && !piece.stripLeading().startsWith("{");
    }

    /** Whether the text so far is one JSON object and nothing else. */
    public boolean isComplete() {
        if (closed && !parsed && !invalid) {
            parsed = true;
            invalid = !Json.isValid(text());
        }
        return closed && !invalid;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    public String text() {
        return text.toString();
    }

    /** Whether a piece says once more what is complete: the same object, perhaps written in another way. */
    private boolean isRepeated(String piece) {
        return !heldBack && isComplete() && isObject(piece);
    }

    private static boolean isObject(String piece) {
        String stripped = piece.strip();
        return stripped.startsWith("{") && stripped.endsWith("}") && Json.isValid(stripped);
    }

    private boolean isWholeSoFar(String piece) {
        int length = text.length();
        if (length == 0 || piece.length() < length || !startsWithText(piece)) {
            return false;
        }
        return cumulative || length >= TELLING_LENGTH || inString || text.indexOf("{") == length - 1;
    }

    private boolean startsWithText(String piece) {
        for (int i = 0; i < text.length(); i++) {
            if (piece.charAt(i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEmptyObject(String piece) {
        if (piece.length() < 2 || piece.length() > TELLING_LENGTH) {
            return false;
        }
        String stripped = piece.strip();
        return stripped.startsWith("{")
                && stripped.endsWith("}")
                && stripped.substring(1, stripped.length() - 1).isBlank();
    }

    private void restart() {
        text.setLength(0);
        heldBack = false;
        depth = 0;
        closed = false;
        parsed = false;
        invalid = false;
    }

    /** Takes a piece; what of it follows a whole object is kept apart. */
    private String append(String more) {
        for (int i = 0; i < more.length() && !invalid; i++) {
            if (closed && isStray(more.substring(i, i + 1)) && isComplete(more.substring(0, i))) {
                after.append(more, i, more.length());
                return more.substring(0, i);
            }
            next(more.charAt(i));
        }
        text.append(more);
        return more;
    }

    private boolean isComplete(String more) {
        text.append(more);
        if (isComplete()) {
            return true;
        }
        text.setLength(text.length() - more.length());
        return false;
    }

    /** Whether what follows an object is neither blank nor another one. */
    private static boolean isStray(String following) {
        return !following.isBlank() && following.charAt(0) != '{';
    }

    private void next(char c) {
        if (inString) {
            inString = escaped || c != '"';
            escaped = !escaped && c == '\\';
            return;
        }
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            return;
        }
        if (closed || (depth == 0 && c != '{')) {
            invalid = true;
            return;
        }
        switch (c) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> closed = --depth == 0;
            default -> {}
        }
    }
}
