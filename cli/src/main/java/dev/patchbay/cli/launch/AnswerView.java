package dev.patchbay.cli.launch;

import dev.patchbay.cli.markdown.MarkdownWriter;
import dev.patchbay.cli.terminal.OutputException;
import dev.patchbay.cli.terminal.Progress;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.codec.JoinedText;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows a session while it runs: the answer on standard output, and nothing else there. */
public final class AnswerView implements Consumer<SessionEvent> {

    private final Terminal terminal;
    private final Progress progress;
    private final boolean streaming;
    private final Consumer<String> interrupter;
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile @Nullable OutputException lost;
    private final Optional<MarkdownWriter> markdown;
    private boolean inLine;

    private final JoinedText joined = new JoinedText();

    /**
     * A view of one session.
     *
     * @param streaming whether text is printed as it comes
     * @param interrupter ends the session of an id, once nobody reads the answer any more
     */
    public AnswerView(Terminal terminal, Progress progress, boolean streaming, Consumer<String> interrupter) {
        this.terminal = terminal;
        this.progress = progress;
        this.streaming = streaming;
        this.interrupter = interrupter;
        this.markdown = terminal.canStyleAnswer() ? Optional.of(new MarkdownWriter(terminal.out())) : Optional.empty();
    }

    @Override
    public void accept(SessionEvent event) {
        if (event instanceof SessionEvent.TextDelta delta) {
            text(delta);
        } else if (event instanceof SessionEvent.ConversationUpdated updated) {
            if (!(updated.event().block() instanceof ContentBlock.Text)) {
                joined.interrupt();
            }
        } else if (event instanceof SessionEvent.ThinkingDelta) {
            progress.change("thinking");
        } else if (event instanceof SessionEvent.Retrying retrying) {
            progress.println(retrying(retrying));
        } else if (event instanceof SessionEvent.ProviderChanged changed) {
            progress.println("patchbay: " + changed.failure().getMessage() + "; going on with " + changed.to()
                    + ", model " + changed.model());
        } else if (event instanceof SessionEvent.StatusChanged changed
                && changed.to().isFinal()) {
            told.countDown();
        }
    }

    /** Waits until the answer has been printed, however slowly it is read, and ends its line if it did not. */
    void awaitEnd() {
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        progress.stop();
        if (lost == null) {
            markdown.ifPresent(MarkdownWriter::end);
        }
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
        // In a pipe too: what the next program prints may stand on the same terminal.
        progress.stop();
        String text = joined.next(delta.text());
        try {
            markdown.ifPresentOrElse(
                    writer -> writer.append(text), () -> terminal.out().content(text));
            inLine = !text.endsWith("\n");
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
