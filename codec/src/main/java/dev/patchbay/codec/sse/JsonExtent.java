package dev.patchbay.codec.sse;

/** Tells whether bytes that grow are one whole JSON object or list; looks at each of them once. Used by one thread. */
final class JsonExtent {

    private int seen;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean begun;

    /** Whether the outermost bracket has closed; {@code data} begins with what was there the last time. */
    boolean isWhole(byte[] data, int length) {
        for (; seen < length; seen++) {
            next(data[seen]);
        }
        return begun && depth == 0 && !inString;
    }

    void reset() {
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
