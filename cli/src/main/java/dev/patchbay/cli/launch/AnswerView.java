package dev.patchbay.cli.launch;

import dev.patchbay.cli.terminal.OutputException;
import dev.patchbay.cli.terminal.Progress;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.session.SessionEvent;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows a session while it runs: the answer on standard output, and nothing else there. */
final class AnswerView implements Consumer<SessionEvent> {

    private final Terminal terminal;
    private final Progress progress;
    private final boolean streaming;
    private final Consumer<String> interrupter;
    private volatile @Nullable OutputException lost;
    private boolean inLine;

    /**
     * A view of one session.
     *
     * @param streaming whether text is printed as it comes
     * @param interrupter ends the session of an id, once nobody reads the answer any more
     */
    AnswerView(Terminal terminal, Progress progress, boolean streaming, Consumer<String> interrupter) {
        this.terminal = terminal;
        this.progress = progress;
        this.streaming = streaming;
        this.interrupter = interrupter;
    }

    @Override
    public void accept(SessionEvent event) {
        if (event instanceof SessionEvent.TextDelta delta) {
            text(delta);
        } else if (event instanceof SessionEvent.ThinkingDelta) {
            progress.change("thinking");
        } else if (event instanceof SessionEvent.Retrying retrying) {
            progress.println(retrying(retrying));
        } else if (event instanceof SessionEvent.ProviderChanged changed) {
            progress.println("patchbay: " + changed.failure().getMessage() + "; going on with " + changed.to()
                    + ", model " + changed.model());
        }
    }

    /** Ends the line of an answer that ends without one. */
    void end() {
        progress.stop();
        if (inLine && lost == null) {
            inLine = false;
            terminal.out().print("\n");
        }
    }

    /** Why standard output took nothing more, if it did. */
    Optional<OutputException> lost() {
        return Optional.ofNullable(lost);
    }

    private void text(SessionEvent.TextDelta delta) {
        if (!streaming || lost != null || delta.text().isEmpty()) {
            progress.change("answering");
            return;
        }
        if (terminal.out().isTerminal()) {
            progress.stop();
        } else {
            progress.change("answering");
        }
        try {
            terminal.out().print(delta.text());
            inLine = !delta.text().endsWith("\n");
        } catch (OutputException e) {
            lost = e;
            interrupter.accept(delta.sessionId());
        }
    }

    private static String retrying(SessionEvent.Retrying event) {
        return String.format(
                Locale.ROOT,
                "patchbay: %s; attempt %d follows in %.1f s",
                event.failure().getMessage(),
                event.attempt(),
                event.delay().toMillis() / 1000.0);
    }
}
