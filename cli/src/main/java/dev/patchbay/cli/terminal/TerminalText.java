package dev.patchbay.cli.terminal;

/** Running text, such as that of a model, which a terminal shows and does not obey. */
public final class TerminalText {

    private TerminalText() {}

    /**
     * The text with each control character but line feed and tab, and each mark that turns the direction of what follows,
     * replaced by {@code U+FFFD}; {@code CR LF} becomes a line feed.
     */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isObeyed(text.charAt(i))) {
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
            out.append(isObeyed(c) ? '\uFFFD' : c);
        }
        return out.toString();
    }

    /** Whether a terminal acts on it rather than draws it. */
    public static boolean isObeyed(char c) {
        boolean isControl = Character.isISOControl(c) && c != '\n' && c != '\t';
        return isControl || (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    }
}
