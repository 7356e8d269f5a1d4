package dev.patchbay.diagnostic;

import java.util.List;

/**
 * Renders problems for people: {@code file:line:column: error[E201]: message}, the source line with a caret, related
 * places, {@code help:} (provider-files.md, section 5).
 */
public final class TextRenderer {

    private static final String INDENT = "    ";

    private TextRenderer() {}

    /** One problem, without a line end at the end. */
    public static String render(Diagnostic diagnostic) {
        StringBuilder out = new StringBuilder(200);
        out.append(diagnostic.location())
                .append(": ")
                .append(diagnostic.severity().word())
                .append('[')
                .append(diagnostic.code().id())
                .append("]: ")
                .append(diagnostic.message());
        diagnostic.sourceLine().ifPresent(line -> appendSource(out, line, diagnostic));
        for (Diagnostic.Related related : diagnostic.related()) {
            out.append('\n').append(related.location()).append(": ").append(related.message());
        }
        diagnostic.help().ifPresent(help -> appendHelp(out, help));
        return out.toString();
    }

    /** All problems, one below the other with an empty line between; an empty text if there are none. */
    public static String render(List<Diagnostic> diagnostics) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            if (out.length() > 0) {
                out.append("\n\n");
            }
            out.append(render(diagnostic));
        }
        return out.toString();
    }

    private static void appendSource(StringBuilder out, String line, Diagnostic diagnostic) {
        int caret = diagnostic.caret();
        out.append('\n').append(INDENT).append(line).append('\n').append(INDENT);
        int length = line.codePointCount(0, line.length());
        int offset = 0;
        for (int i = 1; i < caret && i <= length; i++) {
            // A tab stays a tab, or the caret would stand elsewhere.
            out.append(line.codePointAt(offset) == '\t' ? '\t' : ' ');
            offset = line.offsetByCodePoints(offset, 1);
        }
        out.append("^".repeat(Math.max(1, Math.min(diagnostic.width(), length - caret + 1))));
    }

    private static void appendHelp(StringBuilder out, String help) {
        out.append("\nhelp: ").append(help.replace("\n", "\n      "));
    }
}
