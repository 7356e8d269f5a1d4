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
import dev.patchbay.store.SqliteSessionStore;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Finds sessions by words in title, question or conversation. No sign in a word means anything. */
public final class SessionSearchCommand implements Command {

    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("search");
        spec.addPositional(
                Specs.argument("WORD", "1..*", "What title, question or conversation must hold, each as it stands."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay sessions search [OPTIONS] WORD…",
                "Find sessions by words, newest activity first.",
                "patchbay sessions search recursion",
                "patchbay sessions search C++ templates");
    }

    @Override
    public int run(Invocation invocation) {
        String words = String.join(" ", invocation.arguments());
        if (words.isBlank()) {
            throw new UsageException("WORD is empty");
        }
        Optional<SqliteSessionStore> open = SessionFile.open(invocation);
        SessionPage page = new SessionPage(List.of(), Optional.empty());
        if (open.isPresent()) {
            try (SqliteSessionStore store = open.get()) {
                page = store.list(SessionQuery.builder().text(words).build());
            } catch (IllegalArgumentException tooMany) {
                throw new UsageException(String.valueOf(tooMany.getMessage()));
            }
        }
        print(invocation, page);
        return ExitCode.OK;
    }

    private static void print(Invocation invocation, SessionPage page) {
        if (invocation.has(JSON)) {
            invocation
                    .terminal()
                    .out()
                    .lines(JsonText.write(new JsonObject()
                            .put(
                                    "data",
                                    page.sessions().stream()
                                            .map(SessionRecord::toJson)
                                            .toList())
                            .toMap()));
        } else if (page.sessions().isEmpty()) {
            invocation.terminal().err().println("patchbay: no session holds that");
        } else {
            invocation
                    .terminal()
                    .out()
                    .print(SessionTable.of(
                            page.sessions(), invocation.terminal().columns()));
        }
        if (page.next().isPresent()) {
            invocation
                    .terminal()
                    .err()
                    .println("patchbay: the newest " + page.sessions().size() + "; more words find fewer");
        }
    }
}
