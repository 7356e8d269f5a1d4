package dev.patchbay.internal.config.tree;

/**
 * A stretch of a file; everything from 1, columns in characters.
 *
 * @param endLine the line of the first character after it
 * @param endColumn the column of the first character after it
 */
public record Span(int line, int column, int endLine, int endColumn) {

    /** For what has no place in a text. */
    public static final Span NONE = new Span(0, 0, 0, 0);

    /** How many characters of its first line it covers; as many as there are if it goes on. */
    public int width() {
        return line == endLine ? endColumn - column : Integer.MAX_VALUE / 2;
    }
}
