package dev.patchbay.internal.gateway.answer;

import java.nio.charset.StandardCharsets;

/** Text in a header of an answer. */
final class HeaderText {

    private HeaderText() {}

    /** The text, what no header may hold percent-encoded. */
    static String escape(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b <= '~' && b != '%') {
                escaped.append((char) b);
            } else {
                escaped.append(String.format("%%%02X", b));
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == '%') {
                return false;
            }
        }
        return true;
    }

    /** The text without what would begin another line of a log. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
