package dev.patchbay.internal.config.template;

/** Leaves out what copying and pasting adds around a value (provider-files.md, section 3, rule 6). */
public final class PastedValueCleanup {

    private PastedValueCleanup() {}

    /** The value without white space, line ends and byte order marks around it. */
    public static String strip(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isWaste(value.charAt(from))) {
            from++;
        }
        while (to > from && isWaste(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isWaste(char c) {
        return Character.isWhitespace(c) || c == '\uFEFF' || c == '\u00A0' || c == '\u200B';
    }
}
