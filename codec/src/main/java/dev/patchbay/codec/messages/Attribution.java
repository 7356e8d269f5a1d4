package dev.patchbay.codec.messages;

/** The line by which Claude Code tells Anthropic who is calling. It is meant for nobody else. */
final class Attribution {

    private static final String HEADER = "x-anthropic-billing-header:";

    private Attribution() {}

    static boolean begins(String text) {
        return text.startsWith(HEADER);
    }

    /** The text without it, where it is the first line. */
    static String removeFrom(String text) {
        if (!begins(text)) {
            return text;
        }
        int lineEnd = text.indexOf('\n');
        return lineEnd < 0 ? "" : text.substring(lineEnd + 1).replaceFirst("^[\r\n]+", "");
    }
}
