package dev.patchbay.diagnostic;

import dev.patchbay.internal.InternalApi;

/**
 * Makes text from elsewhere fit to be shown: names of files, plugins and models, messages of providers.
 *
 * <p>A control character could move the cursor or rename the window, a bidirectional mark could make a name look like
 * another one (Unicode Technical Report 36, section 2.6), a line feed could pass for a line of ours. All of them are
 * written out, as {@code \u001b}, so that what is there can be seen.
 */
@InternalApi
public final class Printable {

    private static final char INSTEAD = '\uFFFD';

    /** What is quoted of a file, such as a key, may be as long as the file. */
    private static final int MOST_CHARACTERS = 2_000;

    private Printable() {}

    /** The text, a very long one cut in the middle. */
    static String shortened(String text) {
        int half = MOST_CHARACTERS / 2;
        return text.length() <= MOST_CHARACTERS
                ? text
                : text.substring(0, half) + " … " + text.substring(text.length() - half);
    }

    /** The text on one line, for names and for anything that is put into a sentence. */
    public static String line(String text) {
        return written(text, false);
    }

    /** The text with its line feeds and tabs, for what may have several lines. */
    public static String text(String text) {
        return written(text, true);
    }

    /** The text with every such character replaced by one, so that all others keep their columns. */
    static String aligned(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\t' && c != '\n' && isHidden(c, text, i)) {
                out = out == null ? new StringBuilder(text) : out;
                out.setCharAt(i, INSTEAD);
            }
        }
        return out == null ? text : out.toString();
    }

    private static String written(String text, boolean withLines) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean kept = (withLines && (c == '\n' || c == '\t')) || !isHidden(c, text, i);
            if (!kept && out == null) {
                out = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (out != null) {
                append(out, c, kept);
            }
        }
        return out == null ? text : out.toString();
    }

    private static void append(StringBuilder out, char c, boolean kept) {
        if (kept) {
            out.append(c);
            return;
        }
        String hex = Integer.toHexString(c);
        out.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
    }

    private static boolean isHidden(char c, String text, int index) {
        if (c >= ' ' && c < '\u007f') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            // Joiners belong to the writing of Persian, of Indic languages, and to emoji.
            case Character.FORMAT -> c != '\u200c' && c != '\u200d';
            case Character.SURROGATE -> !isPrintablePair(text, index);
            default -> false;
        };
    }

    /** Whether a surrogate is half of a character that shows; tags (U+E0000 and up) do not. */
    private static boolean isPrintablePair(String text, int index) {
        int start = Character.isHighSurrogate(text.charAt(index)) ? index : index - 1;
        if (start < 0 || start + 1 >= text.length()) {
            return false;
        }
        int point = text.codePointAt(start);
        return Character.isSupplementaryCodePoint(point) && Character.getType(point) != Character.FORMAT;
    }
}
