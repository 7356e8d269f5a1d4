package dev.patchbay.cli.session;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.session.SessionPage;
import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.store.SessionCounts;
import dev.patchbay.store.SqliteSessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Lists sessions, newest activity first; of those that were continued, the last. No folder of a session is looked at. */
public final class SessionListCommand implements Command {

    private static final String JSON = "--json";
    private static final String ALL = "--all";
    private static final String LIMIT = "--limit";
    private static final int DEFAULT_LIMIT = 100;
    private static final int PAGE = 1_000;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("list");
        spec.addOption(
                Specs.flag(ALL, "Every session; default: neither archived ones nor those that another one continues."));
        spec.addOption(Specs.option(LIMIT, "N", "How many at most; default: " + DEFAULT_LIMIT + "."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay sessions list [OPTIONS]",
                "List sessions, newest activity first.",
                "patchbay sessions list",
                "patchbay sessions list --all --limit 1000 --json");
    }

    @Override
    public int run(Invocation invocation) {
        int limit = limit(invocation);
        SessionQuery.Builder query = SessionQuery.builder();
        if (!invocation.has(ALL)) {
            query.filter(SessionQuery.Filter.NORMAL).leavesOnly(true);
        }
        Optional<SqliteSessionStore> open = SessionFile.open(invocation);
        if (open.isEmpty()) {
            print(invocation, List.of(), counts(new SessionCounts(0, 0, 0)));
            return ExitCode.OK;
        }
        try (SqliteSessionStore store = open.get()) {
            List<SessionRecord> found = find(store, query, limit);
            print(invocation, found, invocation.has(JSON) ? counts(store.counts()) : Map.of());
            if (found.size() == limit) {
                invocation.terminal().err().println("patchbay: the newest " + limit + "; " + LIMIT + " shows more");
            }
        }
        return ExitCode.OK;
    }

    private static List<SessionRecord> find(SqliteSessionStore store, SessionQuery.Builder query, int limit) {
        List<SessionRecord> found = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent() && found.size() < limit) {
            next.filter(cursor -> !cursor.isEmpty()).ifPresent(query::cursor);
            SessionPage page =
                    store.list(query.limit(Math.min(PAGE, limit - found.size())).build());
            found.addAll(page.sessions());
            next = page.next();
        }
        return found;
    }

    private static void print(Invocation invocation, List<SessionRecord> sessions, Map<String, Object> counts) {
        if (invocation.has(JSON)) {
            invocation
                    .terminal()
                    .out()
                    .lines(JsonText.write(new JsonObject()
                            .put(
                                    "data",
                                    sessions.stream().map(SessionRecord::toJson).toList())
                            .put("counts", counts)
                            .toMap()));
        } else if (sessions.isEmpty()) {
            invocation
                    .terminal()
                    .err()
                    .println("patchbay: no sessions yet; launch one: "
                            + invocation.globals().command("launch \"Hello\""));
        } else {
            invocation
                    .terminal()
                    .out()
                    .print(SessionTable.of(sessions, invocation.terminal().columns()));
        }
    }

    private static Map<String, Object> counts(SessionCounts counts) {
        return new JsonObject()
                .put("normal", counts.normal())
                .put("archived", counts.archived())
                .put("draft", counts.draft())
                .toMap();
    }

    private static int limit(Invocation invocation) {
        try {
            int limit = invocation.value(LIMIT).map(Integer::parseInt).orElse(DEFAULT_LIMIT);
            if (limit > 0) {
                return limit;
            }
        } catch (NumberFormatException none) {
            // Said below.
        }
        throw new UsageException(LIMIT + " wants a number from 1");
    }
}
