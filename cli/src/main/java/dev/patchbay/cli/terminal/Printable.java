package dev.patchbay.cli.terminal;

/** Text that a terminal shows and does not obey. */
public final class Printable {

    private Printable() {}

    /** The text with each control character but line feed and tab replaced by {@code U+FFFD}; {@code CR LF} becomes a line feed. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        String unix = text.replace("\r\n", "\n");
        StringBuilder out = new StringBuilder(unix.length());
        for (int i = 0; i < unix.length(); i++) {
            char c = unix.charAt(i);
            out.append(isControl(c) ? '\uFFFD' : c);
        }
        return out.toString();
    }

    private static boolean isControl(char c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t';
    }
}
