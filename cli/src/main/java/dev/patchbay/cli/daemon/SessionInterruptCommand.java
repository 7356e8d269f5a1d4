package dev.patchbay.cli.daemon;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.cli.session.SessionLookup;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.store.SqliteSessionStore;
import picocli.CommandLine.Model.CommandSpec;

/** Asks whoever runs a session, the daemon or another command, to end it: by the store, which they share. */
public final class SessionInterruptCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("interrupt");
        spec.addPositional(Specs.argument("ID", "1", "The session; the beginning of its id is enough."));
        return Specs.help(
                spec,
                "patchbay sessions interrupt ID",
                "End a session that runs, in whatever process; exit code 1 if it does not run.",
                "patchbay sessions interrupt 1b2c3d4e");
    }

    @Override
    public int run(Invocation invocation) {
        String typed = invocation.arguments().get(0);
        try (SqliteSessionStore store = SessionFile.open(invocation).orElseThrow(() -> SessionLookup.unknown(typed))) {
            SessionRecord session = SessionLookup.require(store, typed);
            if (store.requestInterrupt(session.id())) {
                invocation.terminal().err().println("patchbay: interrupting \"" + session.title() + "\"");
                return ExitCode.OK;
            }
            invocation
                    .terminal()
                    .err()
                    .println("patchbay: \"" + session.title() + "\" does not run: it is "
                            + session.status().word());
            return ExitCode.FAILED;
        }
    }
}
