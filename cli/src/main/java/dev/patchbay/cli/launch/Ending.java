package dev.patchbay.cli.launch;

import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.json.Json;
import dev.patchbay.cli.terminal.Printable;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionError;
import dev.patchbay.session.SessionResult;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.StopReason;

/** Waits for the end of a session and says how it ended. */
final class Ending {

    private final Terminal terminal;
    private final boolean json;

    Ending(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    int report(Session session, AnswerView view) {
        SessionResult result = session.await();
        view.end();
        if (view.lost().isPresent()) {
            throw view.lost().get();
        }
        session.warnings().forEach(warning -> terminal.err().println("patchbay: warning: " + warning));
        if (json) {
            terminal.out().println(Json.write(SessionJson.of(result)));
        }
        if (result.status() == SessionStatus.COMPLETED) {
            completed(result);
            return ExitCode.OK;
        }
        if (result.status() == SessionStatus.INTERRUPTED) {
            terminal.err().println("patchbay: interrupted");
            return ExitCode.INTERRUPTED;
        }
        result.error().ifPresent(this::failed);
        return ExitCode.FAILED;
    }

    private void completed(SessionResult result) {
        if (result.textSoFar().isEmpty()) {
            terminal.err().println("patchbay: the answer holds no text");
        }
        if (result.stopReason().filter(StopReason.MAX_TOKENS::equals).isPresent()) {
            terminal.err().println("patchbay: the answer ends early, at the most tokens that the model may write");
        }
        if (terminal.canShowProgress()) {
            String summary = Printable.of(Summary.of(result.session()));
            terminal.err().raw(terminal.style().faint(summary) + "\n");
        }
    }

    private void failed(SessionError error) {
        StringBuilder text = new StringBuilder(error.provider());
        error.status()
                .ifPresentOrElse(status -> text.append(" answered ").append(status), () -> text.append(" failed"));
        text.append(" (").append(error.type()).append("): ").append(error.message());
        terminal.err().raw(terminal.style().error("error: "));
        terminal.err().println(text.toString());
        error.hint().ifPresent(hint -> terminal.err().println("help: " + FlagNames.words(hint)));
    }
}
