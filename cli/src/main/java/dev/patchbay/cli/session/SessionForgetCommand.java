package dev.patchbay.cli.session;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.store.SqliteSessionStore;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Deletes sessions, so that nothing of them is left in the store. */
public final class SessionForgetCommand implements Command {

    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("forget");
        spec.addPositional(Specs.argument("ID", "1..*", "Sessions; the beginning of an id is enough."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay sessions forget [OPTIONS] ID…",
                "Delete sessions and all that was said in them. What continues them stays.",
                "patchbay sessions forget 1b2c3d4e");
    }

    @Override
    public int run(Invocation invocation) {
        List<String> ids = invocation.arguments();
        try (SqliteSessionStore store =
                SessionFile.open(invocation).orElseThrow(() -> SessionLookup.unknown(ids.get(0)))) {
            List<SessionRecord> sessions = new ArrayList<>();
            // All or none: a wrong id among them is most likely a wrong line.
            for (String id : ids) {
                sessions.add(requireEnded(SessionLookup.require(store, id)));
            }
            store.forget(sessions.stream().map(SessionRecord::id).toList());
            for (SessionRecord session : sessions) {
                invocation.terminal().err().println("patchbay: forgot \"" + session.title() + "\"");
            }
            if (invocation.has(JSON)) {
                List<String> forgotten =
                        sessions.stream().map(SessionRecord::id).toList();
                invocation
                        .terminal()
                        .out()
                        .lines(JsonText.write(
                                new JsonObject().put("forgotten", forgotten).toMap()));
            }
            return ExitCode.OK;
        }
    }

    private static SessionRecord requireEnded(SessionRecord session) {
        if (session.status().isFinal() || session.status() == SessionStatus.DRAFT) {
            return session;
        }
        throw new UsageException(
                "session '" + session.id() + "' is " + session.status().word() + "; end it before it is forgotten");
    }
}
