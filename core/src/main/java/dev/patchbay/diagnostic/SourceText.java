package dev.patchbay.diagnostic;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of a source, kept so that messages can quote a line of it; what is known to be a literal key is masked.
 *
 * <p>Masks are added while the source is read; after that it is safe for use by several threads.
 */
public final class SourceText {

    private final String text;
    private final List<Mask> masks = new ArrayList<>(0);

    public SourceText(String text) {
        this.text = requireNonNull(text, "text is null");
    }

    /**
     * Hides a stretch of the text in everything that is quoted from now on.
     *
     * @param line from 1
     * @param column from 1, in characters
     * @param endLine the line of the first character after it
     * @param endColumn the column of the first character after it
     */
    public void mask(int line, int column, int endLine, int endColumn) {
        masks.add(new Mask(line, column, endLine, endColumn));
    }

    /**
     * A line without its end, everything that is or looks like a key replaced by asterisks of the same length.
     *
     * @param line from 1; an empty text for a line that is not there
     */
    public String quote(int line) {
        String raw = line(line);
        if (raw.isEmpty()) {
            return raw;
        }
        int[] characters = raw.codePoints().toArray();
        for (Mask mask : masks) {
            mask.apply(characters, line);
        }
        String known = new String(characters, 0, characters.length);
        return LiteralKeys.mask(known, line > 1 ? line(line - 1) : "");
    }

    private String line(int wanted) {
        int start = 0;
        for (int line = 1; line < wanted; line++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                return "";
            }
            start = end + 1;
        }
        int end = text.indexOf('\n', start);
        String line = end < 0 ? text.substring(start) : text.substring(start, end);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Prints nothing of the text. */
    @Override
    public String toString() {
        return "SourceText[" + text.length() + " chars]";
    }

    private record Mask(int line, int column, int endLine, int endColumn) {

        void apply(int[] characters, int quoted) {
            if (quoted < line || quoted > endLine) {
                return;
            }
            int from = quoted == line ? column - 1 : 0;
            int to = quoted == endLine ? endColumn - 1 : characters.length;
            for (int i = Math.max(from, 0); i < Math.min(to, characters.length); i++) {
                if (characters[i] != ' ') {
                    characters[i] = '*';
                }
            }
        }
    }
}
