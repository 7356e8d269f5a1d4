package dev.patchbay.cli.markdown;

import static java.util.Objects.requireNonNull;

import dev.patchbay.cli.terminal.Output;
import dev.patchbay.cli.terminal.TerminalText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows Markdown on a terminal while it is being written. Not safe for use by several threads.
 *
 * <p>It only appends: what stands is never drawn again, and the text without its styles is the text that came. So the marks of
 * Markdown stay, and what they mean is shown beside them. A piece is shown once it is known what it is, at the latest when its line
 * ends; a block of code stays plain.
 */
public final class MarkdownWriter {

    /** So much is held back, in characters, while a mark may still find its end. */
    private static final int MOST_HELD = 400;

    private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,}).*");
    private static final Pattern HEADING = Pattern.compile("^ {0,3}#{1,6}\\s.*");
    private static final Pattern PREFIX = Pattern.compile("^(?:\\s*(?:[-*+]|\\d{1,9}[.)])\\s+|\\s*>\\s?)+");
    /** What may begin a mark that decides how the whole line looks. */
    private static final Pattern UNDECIDED = Pattern.compile("^\\s*(?:[#`~>*+\\-_|=]|\\d{1,9}[.)]?)?\\S?$");

    private final Output out;
    private final InlineStyles inlines = new InlineStyles();
    private final StringBuilder held = new StringBuilder();
    private String fence = "";
    private boolean lineBegun;
    private boolean lineIsPlain;

    public MarkdownWriter(Output out) {
        this.out = requireNonNull(out, "out is null");
    }

    /** Takes the next piece of the text. */
    public void append(String text) {
        held.append(text);
        int end = held.indexOf("\n");
        while (end >= 0) {
            String line = held.substring(0, end);
            held.delete(0, end + 1);
            endLine(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            end = held.indexOf("\n");
        }
        showSettled();
    }

    /** Shows what is left. */
    public void end() {
        if (!held.isEmpty()) {
            String rest = held.toString();
            held.setLength(0);
            write(styled(rest));
            lineBegun = true;
        }
    }

    private void endLine(String line) {
        write(styled(line) + "\n");
        if (!lineBegun) {
            followFence(line);
        }
        lineBegun = false;
        lineIsPlain = false;
    }

    private void followFence(String line) {
        Matcher matcher = FENCE.matcher(line);
        if (!matcher.matches()) {
            return;
        }
        if (fence.isEmpty()) {
            fence = matcher.group(1);
        } else if (closesFence(line)) {
            fence = "";
        }
    }

    private boolean closesFence(String line) {
        String mark = line.strip();
        return mark.length() >= fence.length()
                && mark.chars().allMatch(c -> c == fence.charAt(0))
                && FENCE.matcher(line).matches();
    }

    /** The rest of a line, or the whole of one, with its styles. */
    private String styled(String text) {
        String safe = TerminalText.of(text);
        if (!fence.isEmpty() && !lineBegun && closesFence(safe)) {
            return InlineStyles.faint(safe);
        }
        if (lineIsPlain || !fence.isEmpty()) {
            return safe;
        }
        if (lineBegun) {
            return inlines.styled(safe);
        }
        if (FENCE.matcher(safe).matches()) {
            return InlineStyles.faint(safe);
        }
        if (HEADING.matcher(safe).matches()) {
            return InlineStyles.bold(safe);
        }
        if (safe.startsWith("    ") || safe.startsWith("\t")) {
            return safe;
        }
        Matcher prefix = PREFIX.matcher(safe);
        int length = prefix.find() ? prefix.end() : 0;
        return (length == 0 ? "" : InlineStyles.faint(safe.substring(0, length)))
                + inlines.styled(safe.substring(length));
    }

    /** Shows so much of an unfinished line as can look no other way any more. */
    private void showSettled() {
        int end = lastBlank();
        if (end <= 0) {
            return;
        }
        String text = held.substring(0, end);
        if (!lineBegun && (isWhole(text) || UNDECIDED.matcher(text).matches())) {
            return;
        }
        if (!fence.isEmpty() || lineIsPlain) {
            show(text);
        } else if (inlines.isSettled(text)) {
            show(text);
        } else if (held.length() > MOST_HELD) {
            write(TerminalText.of(text));
            held.delete(0, end);
            lineBegun = true;
            lineIsPlain = true;
        }
    }

    private void show(String text) {
        String styled = styled(text);
        held.delete(0, text.length());
        lineBegun = true;
        write(styled);
    }

    /** Whether a line is of a kind that is shown as a whole: a heading, a fence, a line of a table, code. */
    private boolean isWhole(String text) {
        String start = text.stripLeading();
        return start.startsWith("#")
                || start.startsWith("```")
                || start.startsWith("~~~")
                || start.startsWith("|")
                || text.startsWith("    ")
                || text.startsWith("\t");
    }

    /** Where the last word that may still grow begins. */
    private int lastBlank() {
        return held.lastIndexOf(" ") + 1;
    }

    private void write(String text) {
        if (!text.isEmpty()) {
            out.raw(text);
        }
    }
}
