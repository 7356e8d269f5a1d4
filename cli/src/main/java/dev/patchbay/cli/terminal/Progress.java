package dev.patchbay.cli.terminal;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Printable;
import org.jspecify.annotations.Nullable;

/**
 * A line on standard error that shows that something is going on, as long as nothing else can be seen; only on a terminal.
 *
 * <p>Safe for use by several threads.
 */
public final class Progress {

    private static final String FRAMES = "|/-\\";
    private static final long FRAME_MILLIS = 120;
    private static final String CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private @Nullable String label;
    private long began;
    private int frame;

    public Progress(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    /** Shows the line, with the seconds since now. */
    public synchronized void start(String text) {
        if (!terminal.canShowProgress() || label != null) {
            return;
        }
        label = requireNonNull(text, "text is null");
        began = System.nanoTime();
        Thread painter = new Thread(this::paint, "progress");
        painter.setDaemon(true);
        painter.start();
    }

    /** Shows another text on the line. */
    public synchronized void change(String text) {
        if (label != null) {
            label = requireNonNull(text, "text is null");
        }
    }

    /** Prints a line of text above it. */
    public synchronized void println(String text) {
        if (label != null) {
            terminal.err().raw(CLEAR);
        }
        terminal.err().println(text);
    }

    /** Takes the line away, if it is there. */
    public synchronized void stop() {
        if (label != null) {
            label = null;
            terminal.err().raw(CLEAR);
            notifyAll();
        }
    }

    private synchronized void paint() {
        try {
            while (label != null) {
                long seconds = (System.nanoTime() - began) / 1_000_000_000;
                frame = (frame + 1) % FRAMES.length();
                String line = FRAMES.charAt(frame) + " " + Printable.line(label) + ", " + seconds + " s";
                terminal.err().raw(CLEAR + terminal.style().faint(line));
                wait(FRAME_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
