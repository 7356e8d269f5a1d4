package dev.patchbay.internal.config.template;

/** Names of variables: {@code [A-Za-z_][A-Za-z0-9_]*}. */
final class VariableSyntax {

    private VariableSyntax() {}

    static boolean isStart(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    }

    static boolean isPart(char c) {
        return isStart(c) || (c >= '0' && c <= '9');
    }

    /** The name that begins at an offset; an empty text if none does. */
    static String at(String text, int from) {
        if (from >= text.length() || !isStart(text.charAt(from))) {
            return "";
        }
        int to = from + 1;
        while (to < text.length() && isPart(text.charAt(to))) {
            to++;
        }
        return text.substring(from, to);
    }
}
