package dev.patchbay.codec.chat;

import dev.patchbay.json.Json;

/**
 * Watches a text that grows until it is one whole JSON object.
 *
 * <p>Each character is looked at once: only braces, brackets and strings are followed. Once the outermost brace has closed
 * the text is parsed, one time. That is exact: a text that is no JSON at that point cannot become JSON by growing. Used by
 * one thread.
 */
final class JsonScanner {

    private final StringBuilder text = new StringBuilder();
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean closed;
    private boolean parsed;
    private boolean invalid;

    void append(String more) {
        text.append(more);
        for (int i = 0; i < more.length() && !invalid; i++) {
            next(more.charAt(i));
        }
    }

    /** Whether the text so far is one JSON object and nothing else. */
    boolean isComplete() {
        if (closed && !parsed && !invalid) {
            parsed = true;
            invalid = !Json.isValid(text());
        }
        return closed && !invalid;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    String text() {
        return text.toString();
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
