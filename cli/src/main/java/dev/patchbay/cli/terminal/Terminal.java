package dev.patchbay.cli.terminal;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.config.template.Environment;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Where a command reads and writes, and the variables it sees. */
public final class Terminal {

    private static final int DEFAULT_COLUMNS = 80;

    private final InputStream in;
    private final boolean interactive;
    private final Output out;
    private final Output err;
    private final Environment environment;

    /**
     * Streams that are given.
     *
     * @param in standard input
     * @param interactive whether a person types there
     * @param out standard output: the answer of the command, and nothing else
     * @param err standard error: everything else
     * @param environment the variables of the process
     */
    public Terminal(InputStream in, boolean interactive, Output out, Output err, Environment environment) {
        this.in = requireNonNull(in, "in is null");
        this.interactive = interactive;
        this.out = requireNonNull(out, "out is null");
        this.err = requireNonNull(err, "err is null");
        this.environment = requireNonNull(environment, "environment is null");
    }

    /**
     * The streams of this process.
     *
     * <p>Java cannot ask whether a single stream is a terminal; the launcher script can, and says so in the system property
     * {@code patchbay.terminal}, a list of {@code in}, {@code out} and {@code err}. Without it none is taken for one.
     */
    public static Terminal ofProcess(Environment environment) {
        List<String> terminals =
                List.of(System.getProperty("patchbay.terminal", "").split(","));
        return new Terminal(
                // Bare, a file stream asks a pipe for its position when it is to read everything, and fails.
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                terminals.contains("in"),
                Output.needed(new FileOutputStream(FileDescriptor.out), terminals.contains("out")),
                Output.optional(new FileOutputStream(FileDescriptor.err), terminals.contains("err")),
                environment);
    }

    public InputStream in() {
        return in;
    }

    /** Whether a person types at standard input. */
    public boolean isInteractive() {
        return interactive;
    }

    public Output out() {
        return out;
    }

    public Output err() {
        return err;
    }

    public Environment environment() {
        return environment;
    }

    /** Whether standard error is a terminal that can move its cursor: a place for a progress line. */
    public boolean canShowProgress() {
        return err.isTerminal() && !environment.get("TERM").orElse("dumb").equals("dumb");
    }

    /** Whether the answer may have styles: standard output is a terminal that knows them, and {@code NO_COLOR} is not set. */
    public boolean canStyleAnswer() {
        return out.isTerminal() && !environment.get("TERM").orElse("dumb").equals("dumb") && !refusesColour();
    }

    /** How wide lines may be: the width of the terminal; without a terminal there is no end to a line. */
    public int columns() {
        Optional<Integer> said = environment.get("COLUMNS").flatMap(Terminal::count);
        if (said.isPresent()) {
            return said.get();
        }
        return out.isTerminal() ? TerminalSize.columns().orElse(DEFAULT_COLUMNS) : Integer.MAX_VALUE;
    }

    private static Optional<Integer> count(String text) {
        return text.matches("[1-9]\\d{0,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    /** The style for standard output. */
    public Style outStyle() {
        return canStyleAnswer() ? Style.COLOURED : Style.PLAIN;
    }

    private boolean refusesColour() {
        return !environment.get("NO_COLOR").orElse("").isEmpty();
    }

    /** The style for standard error: colours only on a terminal, and not where {@code NO_COLOR} is set (no-color.org). */
    public Style style() {
        return canShowProgress() && !refusesColour() ? Style.COLOURED : Style.PLAIN;
    }
}
