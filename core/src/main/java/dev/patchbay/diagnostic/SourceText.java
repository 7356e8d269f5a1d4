package dev.patchbay.diagnostic;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text of a source, kept so that messages can quote a line of it; what is known to be a literal key is masked.
 *
 * <p>Masks are added while the source is read; after that it is safe for use by several threads.
 */
public final class SourceText {

    private static final int CONTEXT = 1_000;

    private final String text;
    private final Map<Integer, Set<Mask>> masks = new HashMap<>(0);
    private volatile int @Nullable [] lineStarts;

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
        Mask mask = new Mask(line, column, endLine, endColumn);
        for (int at = line; at <= endLine; at++) {
            if (!masks.computeIfAbsent(at, key -> new LinkedHashSet<>(1)).add(mask)) {
                return;
            }
        }
    }

    /**
     * A line without its end, everything that is or looks like a key replaced by asterisks of the same length.
     *
     * @param line from 1; an empty text for a line that is not there
     */
    public String quote(int line) {
        return quote(line, 1, Integer.MAX_VALUE / 4);
    }

    /**
     * The same of a long line: only what stands around a column.
     *
     * @param most characters that are given at most
     */
    String quote(int line, int column, int most) {
        String raw = line(line);
        if (raw.isEmpty()) {
            return raw;
        }
        int[] characters = raw.codePoints().toArray();
        for (Mask mask : masks.getOrDefault(line, Set.of())) {
            mask.apply(characters, line);
        }
        int cut = beginning(characters.length, column, most);
        // What stands before a value may be the name of a key, so it is looked at as well.
        int from = Math.max(0, cut - CONTEXT);
        int to = Math.min(characters.length, Math.min(characters.length, cut + most) + CONTEXT);
        String known = new String(characters, from, to - from);
        String shown = LiteralKeys.mask(known, line > 1 && cut == 0 ? line(line - 1) : "");
        boolean holdsKey = masks.containsKey(line) || !shown.equals(known);
        int[] masked =
                (holdsKey ? LiteralKeys.maskComment(shown) : shown).codePoints().toArray();
        return new String(masked, cut - from, Math.min(most, masked.length - (cut - from)));
    }

    /** How many characters at the beginning of a line are left out when it is quoted around a column. */
    int cut(int line, int column, int most) {
        return beginning(width(line), column, most);
    }

    private static int beginning(int length, int column, int most) {
        return length <= most ? 0 : Math.max(0, Math.min(column - 1 - most / 2, length - most));
    }

    /** How many characters a line has. */
    int width(int line) {
        String text = line(line);
        return text.codePointCount(0, text.length());
    }

    private String line(int wanted) {
        int[] starts = lineStarts();
        if (wanted < 1 || wanted > starts.length) {
            return "";
        }
        int end = wanted == starts.length ? text.length() : starts[wanted];
        int start = starts[wanted - 1];
        while (end > start && isLineEnd(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private int[] lineStarts() {
        int[] known = lineStarts;
        if (known != null) {
            return known;
        }
        int[] starts = new int[16];
        int lines = 1;
        for (int i = 0; i < text.length(); i++) {
            if (!isLineEnd(text.charAt(i)) || isFirstOfTwo(i)) {
                continue;
            }
            if (lines == starts.length) {
                starts = Arrays.copyOf(starts, lines * 2);
            }
            starts[lines] = i + 1;
            lines++;
        }
        lineStarts = Arrays.copyOf(starts, lines);
        return lineStarts;
    }

    private boolean isFirstOfTwo(int i) {
        return text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
    }

    /** What YAML 1.1 counts as the end of a line. */
    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    /** Prints nothing of the text. */
    @Override
    public String toString() {
        return "SourceText[" + text.length() + " chars]";
    }

    private record Mask(int line, int column, int endLine, int endColumn) {

        void apply(int[] characters, int quoted) {
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
