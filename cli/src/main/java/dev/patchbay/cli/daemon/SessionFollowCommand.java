package dev.patchbay.cli.daemon;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.cli.session.SessionLookup;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionError;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.store.SqliteSessionStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Prints a session's answer as it comes, and ends as the session ends; to leave changes nothing in it. Text under way is known of sessions
 * of the daemon alone: of other processes what is complete is read from the store.
 */
public final class SessionFollowCommand implements Command {

    private static final String JSON = "--json";
    private static final long LOOK_MILLIS = 100;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("follow");
        spec.addPositional(Specs.argument("ID", "1", "The session; the beginning of its id is enough."));
        spec.addOption(Specs.flag(JSON, "Print the session and its answer as one JSON object when it has ended."));
        return Specs.help(
                spec,
                "patchbay sessions follow [OPTIONS] ID",
                "Print the answer of a session as it comes, or has come; of one outside the daemon each part when it is complete;"
                        + " exit code as the session ends.",
                "patchbay sessions follow 1b2c3d4e");
    }

    @Override
    public int run(Invocation invocation) {
        String typed = invocation.arguments().get(0);
        try (SqliteSessionStore store = SessionFile.open(invocation).orElseThrow(() -> SessionLookup.unknown(typed))) {
            SessionRecord session = SessionLookup.require(store, typed);
            if (session.status() == SessionStatus.DRAFT) {
                invocation.terminal().err().println("patchbay: this session is a draft, and has not been launched");
                return ExitCode.FAILED;
            }
            boolean json = invocation.has(JSON);
            FollowedAnswer answer =
                    new FollowedAnswer(json ? text -> {} : invocation.terminal().out()::content);
            SessionRecord ended = follow(invocation, store, session.id(), answer);
            if (json) {
                Map<String, Object> printed = new LinkedHashMap<>(ended.toJson());
                printed.put("answer", answer(store.conversation(ended.id())));
                invocation.terminal().out().lines(JsonText.write(printed));
            }
            return report(invocation, ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    /** The daemon tells when there is something new, and pieces of what is under way; what is whole is read from the store. */
    private static SessionRecord follow(
            Invocation invocation, SqliteSessionStore store, String id, FollowedAnswer answer)
            throws InterruptedException {
        while (true) {
            SessionRecord session = store.find(id).orElseThrow(() -> SessionLookup.unknown(id));
            answer.whole(store.conversation(id));
            if (session.status().isFinal()) {
                answer.end();
                return session;
            }
            Optional<RunningDaemon> daemon = UnmetSettings.daemonOfStore(invocation);
            if (daemon.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                continue;
            }
            try {
                listen(daemon.get(), store, id, answer);
            } catch (IOException broken) {
                // Looked at again, by the store if the daemon has ended.
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }

    private static void listen(RunningDaemon daemon, SqliteSessionStore store, String id, FollowedAnswer answer)
            throws IOException {
        daemon.events("?session_id=" + id, frame -> {
            switch (frame.path("type").asText()) {
                case "" -> {
                    // It listens from here on: what came before is in the store.
                    answer.whole(store.conversation(id));
                    return !store.find(id).filter(now -> now.status().isFinal()).isPresent();
                }
                case "conversation_delta" -> answer.piece(frame.path("data"));
                case "conversation_updated" -> answer.whole(store.conversation(id));
                case "session_status_changed" -> {
                    return !isFinal(frame.path("data").path("new_status").asText());
                }
                default -> {
                    // Of no answer.
                }
            }
            return true;
        });
    }

    private static boolean isFinal(String word) {
        for (SessionStatus status : SessionStatus.values()) {
            if (status.word().equals(word)) {
                return status.isFinal();
            }
        }
        return false;
    }

    /** As {@code launch --json} has it. */
    private static String answer(List<ConversationEvent> conversation) {
        StringBuilder text = new StringBuilder();
        new FollowedAnswer(text::append).whole(conversation);
        return text.toString();
    }

    private static int report(Invocation invocation, SessionRecord session) {
        if (session.status() == SessionStatus.COMPLETED) {
            return ExitCode.OK;
        }
        if (session.status() == SessionStatus.FAILED) {
            Output err = invocation.terminal().err();
            session.error().ifPresent(error -> {
                err.message(described(error));
                error.hint().ifPresent(hint -> err.println("help: " + hint));
            });
            return ExitCode.FAILED;
        }
        invocation.terminal().err().println("patchbay: " + session.status().word());
        return session.status() == SessionStatus.INTERRUPTED ? ExitCode.INTERRUPTED : ExitCode.FAILED;
    }

    private static String described(SessionError error) {
        return "error: " + error.provider() + " ("
                + (error.status().isPresent() ? error.status().getAsInt() + ", " : "") + error.type() + "): "
                + error.message();
    }
}
