package dev.patchbay.cli.session;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.store.RescuedSessions;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.StoreLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Copies what can be read of a damaged file of sessions into a new one. */
public final class SessionRescueCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("rescue");
        spec.addPositional(Specs.argument("FILE", "0..1", "The new file, which must not be there."));
        return Specs.help(
                spec,
                "patchbay sessions rescue [OPTIONS] FILE",
                "Copy what can be read of a damaged session store into a new file; the damaged one stays as it is.",
                "patchbay sessions rescue ~/rescued.db");
    }

    @Override
    public int run(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        if (arguments.isEmpty()) {
            throw new UsageException("FILE is missing: the new file, which must not be there");
        }
        Path source = SessionFile.locate(invocation)
                .filter(Files::exists)
                .orElseThrow(() -> new UsageException("there is no session store to copy from"));
        Path target = Path.of(arguments.get(0)).toAbsolutePath();
        RescuedSessions rescued;
        try {
            rescued = SqliteSessionStore.rescue(SessionFile.builder(source, invocation), target);
        } catch (IllegalArgumentException there) {
            throw new UsageException(String.valueOf(there.getMessage()));
        }
        invocation.terminal().out().println(rescued.sessions() + " sessions are in " + target + losses(rescued));
        invocation
                .terminal()
                .err()
                .println("patchbay: " + source + " is as it was; to go on with the copy set " + StoreLocation.STORE
                        + "=" + target + ", or put it in its place");
        return ExitCode.OK;
    }

    private static String losses(RescuedSessions rescued) {
        StringBuilder losses = new StringBuilder();
        if (rescued.incomplete() > 0) {
            losses.append(", of which ").append(rescued.incomplete()).append(" lack a part of what was said");
        }
        if (rescued.reconstructed() > 0) {
            losses.append(", ").append(rescued.reconstructed()).append(" put together from what was said in them");
        }
        if (!rescued.damaged().isEmpty()) {
            losses.append("; not all could be read of: ").append(String.join(", ", rescued.damaged()));
        }
        return losses.toString();
    }
}
