package dev.patchbay.cli.daemon;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.cli.session.SessionLookup;
import dev.patchbay.codec.json.Json;
import dev.patchbay.session.UpdateRequest;
import dev.patchbay.store.SqliteSessionStore;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Puts sessions into the archive, or takes them out. */
public final class SessionArchiveCommand implements Command {

    private static final String UNDO = "--undo";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("archive");
        spec.addPositional(Specs.argument("ID", "1..*", "Sessions; the beginning of an id is enough."));
        spec.addOption(Specs.flag(UNDO, "Take them out of the archive."));
        return Specs.help(
                spec,
                "patchbay sessions archive [OPTIONS] ID…",
                "Put sessions into the archive, which lists leave out.",
                "patchbay sessions archive 1b2c3d4e",
                "patchbay sessions archive --undo 1b2c3d4e");
    }

    @Override
    public int run(Invocation invocation) {
        List<String> typed = invocation.arguments();
        List<String> ids;
        try (SqliteSessionStore store =
                SessionFile.open(invocation).orElseThrow(() -> SessionLookup.unknown(typed.get(0)))) {
            // All or none: a wrong id among them is most likely a wrong line.
            ids = typed.stream()
                    .map(id -> SessionLookup.require(store, id).id())
                    .toList();
        }
        boolean archived = !invocation.has(UNDO);
        Optional<RunningDaemon> daemon = UnmetSettings.daemonOfStore(invocation);
        if (daemon.isPresent()) {
            ids.forEach(id -> daemon.get()
                    .ask("PATCH", "/sessions/" + id, Optional.of(Json.object().put("archived", archived))));
        } else {
            archiveHere(invocation, ids, archived);
        }
        return ExitCode.OK;
    }

    private static void archiveHere(Invocation invocation, List<String> ids, boolean archived) {
        SqliteSessionStore store = SessionFile.open(invocation).orElseThrow(() -> SessionLookup.unknown(ids.get(0)));
        try (Patchbay patchbay = Installation.open(invocation, store)) {
            ids.forEach(id -> patchbay.update(
                    id, UpdateRequest.builder().archived(archived).build()));
        }
    }
}
