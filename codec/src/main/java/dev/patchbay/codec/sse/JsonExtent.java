package dev.patchbay.codec.sse;

/** Tells whether bytes that grow are one whole JSON object or list; looks at each of them once. Used by one thread. */
public final class JsonExtent {

    private int seen;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean begun;

    /** Whether the outermost bracket has closed; {@code data} begins with what was there the last time. */
    boolean isWhole(byte[] data, int length) {
        take(data, seen, length - seen);
        seen = length;
        return isWhole();
    }

    /** Looks at bytes behind those that it has looked at. */
    public void take(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            next(bytes[i]);
        }
    }

    /** Whether the outermost bracket has closed. */
    public boolean isWhole() {
        return begun && depth == 0 && !inString;
    }

    /** Whether the outermost bracket has closed with these bytes behind those that were looked at; they are not taken. */
    public boolean isWholeWith(byte[] more) {
        JsonExtent next = new JsonExtent();
        next.depth = depth;
        next.inString = inString;
        next.escaped = escaped;
        next.begun = begun;
        next.take(more, 0, more.length);
        return next.isWhole();
    }

    public void reset() {
        seen = 0;
        depth = 0;
        inString = false;
        escaped = false;
        begun = false;
    }

    private void next(byte b) {
        if (inString) {
            inString = escaped || b != '"';
            escaped = !escaped && b == '\\';
            return;
        }
        switch (b) {
            case '"' -> inString = true;
            case '{', '[' -> {
                begun = true;
                depth++;
            }
            case '}', ']' -> depth--;
            default -> {}
        }
    }
}
