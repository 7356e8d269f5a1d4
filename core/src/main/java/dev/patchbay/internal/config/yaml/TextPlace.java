package dev.patchbay.internal.config.yaml;

import dev.patchbay.internal.config.tree.Span;

/**
 * A place in a text, counted as SnakeYAML and the quoting of source lines count.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
record TextPlace(int line, int column) {

    /** The place of the character at an offset, or of the end. */
    static TextPlace at(String text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (endsLine(text, i)) {
                line++;
                lineStart = i + 1;
            }
        }
        return new TextPlace(line, text.codePointCount(lineStart, offset) + 1);
    }

    /** The one character here. */
    Span span() {
        return new Span(line, column, line, column + 1);
    }

    /** YAML 1.1 knows more line ends than LF and CRLF. */
    private static boolean endsLine(String text, int i) {
        char c = text.charAt(i);
        if (c == '\r') {
            return i + 1 == text.length() || text.charAt(i + 1) != '\n';
        }
        return c == '\n' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }
}
