package dev.patchbay.diagnostic;

/** Makes text from a file fit for a terminal: a control character in it could do more than print. */
final class Printable {

    private static final char INSTEAD = '\uFFFD';

    private Printable() {}

    /** The text with every control character but tab and line feed replaced. */
    static String of(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\t' && c != '\n') {
                out = out == null ? new StringBuilder(text) : out;
                out.setCharAt(i, INSTEAD);
            }
        }
        return out == null ? text : out.toString();
    }
}
