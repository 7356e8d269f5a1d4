package dev.patchbay.cli.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.terminal.ProcessSignals;
import dev.patchbay.cli.terminal.Terminal;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jline.keymap.KeyMap;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Attributes;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;

/**
 * Where the lines of a talk are typed. A paste is one draft; Alt-Enter begins a new line.
 *
 * <p>Nothing but bracketed paste is switched on in the terminal, and every end that can be caught leaves it as it was.
 */
final class LineEditor implements AutoCloseable {

    private static final String PASTE_ON = "\u001b[?2004h";
    private static final String PASTE_OFF = "\u001b[?2004l";

    /** A terminal as they all are, but that nothing is switched on in it: no keypad mode, no mouse. */
    private static final String TYPE = "patchbay";

    private static final Pattern SWITCHES = Pattern.compile("\\b(?:smkx|rmkx|kmous|smcup|rmcup|smm|rmm)=[^,]*,");

    private final Terminal streams;
    private final org.jline.terminal.Terminal screen;
    private final Optional<String> before;
    private final LineReader reader;
    private final AtomicReference<Runnable> interrupter = new AtomicReference<>(() -> {});
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread atExit = new Thread(this::restore, "terminal-restore");

    private LineEditor(
            Terminal streams,
            org.jline.terminal.Terminal screen,
            Optional<String> before,
            Optional<HistoryFile> file,
            Function<String, List<String>> completions) {
        this.streams = streams;
        this.screen = screen;
        this.before = before;
        LineHistory history = new LineHistory(file);
        DefaultParser parser = new DefaultParser();
        parser.setEscapeChars(new char[0]);
        parser.setQuoteChars(new char[0]);
        this.reader = LineReaderBuilder.builder()
                .terminal(screen)
                .appName("patchbay")
                .parser(parser)
                .history(history)
                .completer(completer(completions))
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .option(Option.BRACKETED_PASTE, true)
                .option(Option.INSERT_TAB, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "")
                .build();
        history.loadFile();
        Widget newLine = () -> {
            reader.getBuffer().write('\n');
            return true;
        };
        requireNonNull(reader.getKeyMaps().get(LineReader.MAIN), "every reader has it")
                .bind(newLine, KeyMap.alt('\r'), KeyMap.alt('\n'));
        screen.handle(
                org.jline.terminal.Terminal.Signal.INT,
                signal -> interrupter.get().run());
        screen.handle(org.jline.terminal.Terminal.Signal.TSTP, signal -> stop());
    }

    /**
     * Opens the terminal of the process.
     *
     * @param completions what a line up to the cursor may become: words in the place of its last one
     * @throws UsageException if it cannot be opened
     */
    static LineEditor open(Terminal streams, Optional<HistoryFile> file, Function<String, List<String>> completions) {
        try {
            Optional<String> before = stty("-g");
            InfoCmp.setLoadedInfoCmp(TYPE, LineEditor::capabilities);
            org.jline.terminal.Terminal screen = TerminalBuilder.builder()
                    .system(true)
                    .type(TYPE)
                    // The others load a native library, of which newer JDKs warn.
                    .provider("exec")
                    .graphemeCluster(false)
                    .encoding(UTF_8)
                    .build();
            // A cluster is one sign, as terminals of today draw it; forced, which asks and switches nothing.
            screen.setGraphemeClusterMode(true, true);
            holdBackWhatIsTyped(screen);
            LineEditor editor = new LineEditor(streams, screen, before, file, completions);
            Runtime.getRuntime().addShutdownHook(editor.atExit);
            return editor;
        } catch (IOException e) {
            throw new UsageException("the terminal cannot be used for a talk: " + e.getMessage());
        }
    }

    /** What was typed; empty after Ctrl-D. Ctrl-C drops the draft. */
    Optional<String> read(String prompt) {
        while (true) {
            try {
                String line = reader.readLine(prompt);
                // What is pasted while an answer comes is one draft, too.
                streams.out().raw(PASTE_ON);
                return Optional.of(line);
            } catch (UserInterruptException dropped) {
                if (dropped.getPartialLine().isEmpty()) {
                    streams.err().println("Ctrl-D ends the talk.");
                }
            } catch (EndOfFileException ended) {
                return Optional.empty();
            }
        }
    }

    /** What Ctrl-C does while no line is typed. */
    void onInterrupt(Runnable action) {
        interrupter.set(action);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // The hook does the same.
        }
        restore();
    }

    /**
     * Stops this process as Ctrl-Z does, and goes on when a shell says so. JLine takes the key itself while a line is typed, and would do
     * nothing: what is typed for the shell then would be a question.
     */
    private void stop() {
        Attributes during = screen.getAttributes();
        before.ifPresent(LineEditor::stty);
        streams.out().raw(PASTE_OFF);
        var handler = screen.handle(
                org.jline.terminal.Terminal.Signal.TSTP, org.jline.terminal.Terminal.SignalHandler.SIG_DFL);
        ProcessSignals.stop();
        screen.handle(org.jline.terminal.Terminal.Signal.TSTP, handler);
        screen.setAttributes(during);
        streams.out().raw(PASTE_ON);
    }

    private void restore() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            screen.close();
        } catch (IOException gone) {
            // Then there is nothing to restore.
        }
        // JLine sets what differs from what it read last; where a signal ended a line that was being typed, that was
        // old.
        before.ifPresent(LineEditor::stty);
        streams.out().raw(PASTE_OFF);
    }

    /** What {@code stty} prints of the terminal that standard input is; empty where it cannot say. */
    private static Optional<String> stty(String setting) {
        try {
            Process stty = new ProcessBuilder("stty", setting)
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            String printed = new String(stty.getInputStream().readAllBytes(), UTF_8).strip();
            return stty.waitFor() == 0 ? Optional.of(printed) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String capabilities() {
        String known = InfoCmp.getDefaultInfoCmp("xterm-256color");
        // Without keypad mode, the arrows and their neighbours send these.
        return SWITCHES.matcher(known).replaceAll("").replaceAll("\\\\EO([ABCDHF],)", "\\\\E[$1");
    }

    /**
     * While an answer comes, what is typed waits for the next line as it is: not echoed into the answer, and not worked on by
     * the terminal, for which Ctrl-D would be the end of nothing.
     */
    private static void holdBackWhatIsTyped(org.jline.terminal.Terminal screen) {
        Attributes attributes = screen.getAttributes();
        attributes.setLocalFlag(Attributes.LocalFlag.ICANON, false);
        attributes.setLocalFlag(Attributes.LocalFlag.ECHO, false);
        attributes.setInputFlag(Attributes.InputFlag.ICRNL, false);
        attributes.setControlChar(Attributes.ControlChar.VMIN, 1);
        attributes.setControlChar(Attributes.ControlChar.VTIME, 0);
        screen.setAttributes(attributes);
    }

    private static Completer completer(Function<String, List<String>> completions) {
        return (reader, line, candidates) -> {
            String before = line.line().substring(0, line.cursor());
            for (String word : completions.apply(before)) {
                boolean isFolder = word.endsWith("/");
                candidates.add(new Candidate(word, word, null, null, null, null, !isFolder));
            }
        };
    }
}
