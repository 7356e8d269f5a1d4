package dev.patchbay.cli.session;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.store.Retention;
import dev.patchbay.store.SqliteSessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Deletes sessions that nobody has used for long. */
public final class SessionPruneCommand implements Command {

    private static final String OLDER_THAN = "--older-than";
    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("prune");
        spec.addOption(Specs.option(OLDER_THAN, "DAYS", "Those without activity for so long, such as 30d; needed."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay sessions prune [OPTIONS] --older-than DAYS",
                "Delete old sessions, but for those that a younger one continues.",
                "patchbay sessions prune --older-than 30d");
    }

    @Override
    public int run(Invocation invocation) {
        Duration age = invocation
                .value(OLDER_THAN)
                .flatMap(SessionPruneCommand::age)
                .orElseThrow(() -> new UsageException(OLDER_THAN + " wants a number of days, such as 30d"));
        Optional<SqliteSessionStore> open = SessionFile.open(invocation);
        int deleted = 0;
        if (open.isPresent()) {
            try (SqliteSessionStore store = open.get()) {
                deleted = store.forgetOlderThan(Instant.now().minus(age));
            }
        }
        invocation.terminal().err().println("patchbay: forgot " + (deleted == 1 ? "1 session" : deleted + " sessions"));
        if (invocation.has(JSON)) {
            invocation
                    .terminal()
                    .out()
                    .lines(JsonText.write(
                            new JsonObject().put("forgotten", deleted).toMap()));
        }
        return ExitCode.OK;
    }

    private static Optional<Duration> age(String text) {
        try {
            return Retention.parse(text).age();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
