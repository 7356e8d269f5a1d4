package dev.patchbay.internal.gateway.answer;

import java.nio.charset.StandardCharsets;

/** Text in a header of an answer. */
final class HeaderText {

    private HeaderText() {}

    /** The text, what no header may hold percent-encoded. */
    static String escape(String text) {
        if (text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '%')) {
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

    /** The text without what would begin another line of a log. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
