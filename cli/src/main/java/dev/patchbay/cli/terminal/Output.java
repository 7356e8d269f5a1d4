package dev.patchbay.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Stream;

/**
 * A stream of text, always UTF-8, whatever the locale. Safe for use by several threads.
 *
 * <p>Control characters are replaced: the name of a model must not move the cursor, rename the window, type for the user or
 * make a line of its own. So it is in files and pipes, which are shown on a terminal one day; {@link #content} alone goes there
 * as it is.
 */
public final class Output {

    private final OutputStream stream;
    private final boolean terminal;
    private final boolean needed;
    private char pendingHighSurrogate;

    private Output(OutputStream stream, boolean terminal, boolean needed) {
        this.stream = requireNonNull(stream, "stream is null");
        this.terminal = terminal;
        this.needed = needed;
    }

    /** Output whose reader is why the process runs: where it is gone, printing throws {@link OutputException}. */
    public static Output needed(OutputStream stream, boolean terminal) {
        return new Output(stream, terminal, true);
    }

    /** Output that may be lost without harm, such as progress. */
    public static Output optional(OutputStream stream, boolean terminal) {
        return new Output(stream, terminal, false);
    }

    public boolean isTerminal() {
        return terminal;
    }

    /** Prints at once. A character that is cut between two calls arrives whole. */
    public void print(String text) {
        write(TerminalText.of(text));
    }

    /** Prints one line at once, whatever stands in it: a line break is written out, too. */
    public void println(String text) {
        write(Printable.line(text) + "\n");
    }

    /** Prints a text of several lines at once, and ends the last; names in it have to be {@linkplain Printable#line on one}. */
    public void lines(String text) {
        print(text + "\n");
    }

    /**
     * Prints what somebody else says is wrong, and ends its last line: some providers list that line by line. Behind blanks none of
     * their lines passes for one of ours.
     */
    public void message(String text) {
        String[] lines = text.stripTrailing().replace("\t", "    ").split("\\R");
        println(lines[0]);
        Stream.of(lines).skip(1).forEach(line -> println("  " + line));
    }

    /** Prints what somebody asked for as they said it, such as an answer: into a file or pipe it goes as it is. */
    public void content(String text) {
        write(terminal ? TerminalText.of(text) : text);
    }

    /** Prints as it is, on a terminal too: for control sequences of our own, never for a text from elsewhere. */
    public void raw(String text) {
        write(text);
    }

    private synchronized void write(String text) {
        String whole = joined(text);
        try {
            stream.write(whole.getBytes(UTF_8));
            stream.flush();
        } catch (IOException e) {
            if (needed) {
                throw new OutputException(e);
            }
        }
    }

    private String joined(String text) {
        String whole = pendingHighSurrogate == 0 ? text : pendingHighSurrogate + text;
        pendingHighSurrogate = 0;
        if (whole.isEmpty() || !Character.isHighSurrogate(whole.charAt(whole.length() - 1))) {
            return whole;
        }
        pendingHighSurrogate = whole.charAt(whole.length() - 1);
        return whole.substring(0, whole.length() - 1);
    }
}
