package dev.patchbay.cli.launch;

import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.FlagNames;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.session.GoOnCommand;
import dev.patchbay.cli.session.LaunchStore;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.codec.json.Json;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionError;
import dev.patchbay.session.SessionResult;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.StopReason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Waits for the end of a session and says how it ended. */
public final class SessionOutcome {

    /** Reasons for which an answer is not all that there was to say. */
    private static final Map<StopReason, String> EARLY = Map.of(
            StopReason.MAX_TOKENS, "at the most tokens that the model may write",
            StopReason.REFUSAL, "where the model, or a filter of its provider, refused to go on",
            StopReason.CONTEXT_WINDOW_EXCEEDED, "where the model's context is full");

    private final Terminal terminal;
    private final boolean json;
    private final Optional<LaunchStore> store;
    private final Invocation invocation;

    /** Of a launch: what it took, and how to go on with it, is said below the answer. */
    SessionOutcome(Invocation invocation, LaunchStore store) {
        this(invocation, invocation.has("--json"), Optional.of(store));
    }

    /** Of a question in a talk. */
    public SessionOutcome(Invocation invocation) {
        this(invocation, false, Optional.empty());
    }

    private SessionOutcome(Invocation invocation, boolean json, Optional<LaunchStore> store) {
        this.terminal = invocation.terminal();
        this.invocation = invocation;
        this.json = json;
        this.store = store;
    }

    /**
     * Waits, and says it.
     *
     * @return an {@link ExitCode}
     * @throws ConfigurationException if nothing could be sent as configured
     */
    public int report(Session session, AnswerView view) {
        SessionResult result = session.await();
        view.awaitEnd();
        if (result.cause().orElse(null) instanceof ConfigurationException configuration) {
            throw configuration;
        }
        if (view.lost().isPresent()) {
            throw view.lost().get();
        }
        session.warnings().forEach(warning -> terminal.err().println("patchbay: warning: " + warning));
        if (json) {
            Map<String, Object> printed = new LinkedHashMap<>(result.session().toJson());
            printed.put("answer", result.textSoFar());
            terminal.out().lines(JsonText.write(printed));
        }
        if (result.status() == SessionStatus.COMPLETED) {
            completed(result);
            return isAsAskedFor(result) ? ExitCode.OK : ExitCode.FAILED;
        }
        if (result.status() == SessionStatus.INTERRUPTED) {
            terminal.err().println("patchbay: interrupted");
            return ExitCode.INTERRUPTED;
        }
        result.error().ifPresent(this::failed);
        return result.error().filter(SessionOutcome::isKeyOfNobody).isPresent()
                ? ExitCode.CONFIGURATION
                : ExitCode.FAILED;
    }

    /** A key that a plugin could not find: no provider was asked. */
    private static boolean isKeyOfNobody(SessionError error) {
        return error.type().equals("auth") && error.status().isEmpty();
    }

    /** A program reads what a schema asked for: prose in its place is a failure of the provider, though it was printed. */
    private boolean isAsAskedFor(SessionResult result) {
        if (store.isEmpty() || !invocation.has(LaunchCommand.SCHEMA) || Json.isValid(result.textSoFar())) {
            return true;
        }
        terminal.err()
                .println("patchbay: the answer is not JSON, although " + LaunchCommand.SCHEMA
                        + " asked for it; the provider or its model may not know schemas: try another one, or ask for"
                        + " JSON in the question as well");
        return false;
    }

    private void completed(SessionResult result) {
        if (result.textSoFar().isEmpty()) {
            terminal.err().println("patchbay: the answer holds no text");
        }
        result.stopReason()
                .map(EARLY::get)
                .ifPresent(why -> terminal.err().println("patchbay: the answer ends early, " + why));
        if (store.isPresent() && terminal.canShowProgress() && terminal.out().isTerminal()) {
            String summary = Printable.line(Summary.of(result.session()));
            terminal.err().raw(terminal.style().faint(summary) + "\n");
            if (store.get().isStored(result.session().id())) {
                String goOn = Printable.line(
                        "go on: " + GoOnCommand.of(invocation, result.session().id()));
                terminal.err().raw(terminal.style().faint(goOn) + "\n");
            }
        }
    }

    private void failed(SessionError error) {
        StringBuilder text = new StringBuilder(error.provider());
        error.status()
                .ifPresentOrElse(status -> text.append(" failed with ").append(status), () -> text.append(" failed"));
        text.append(" (").append(error.type()).append("): ").append(error.message());
        terminal.err().raw(terminal.style().error("error: "));
        terminal.err().message(text.toString());
        error.hint().ifPresent(hint -> terminal.err().println("help: " + FlagNames.words(hint)));
    }
}
