package dev.patchbay.cli.session;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.internal.http.PrintableUrl;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.store.SqliteSessionStore;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Prints one session with what was said in it and in those that it continues: for a look, or to be kept elsewhere. */
public final class SessionShowCommand implements Command {

    private static final String JSON = "--json";

    private final boolean export;

    private SessionShowCommand(boolean export) {
        this.export = export;
    }

    /** For a look: with the line that goes on. */
    public static SessionShowCommand show() {
        return new SessionShowCommand(false);
    }

    /** To be kept. */
    public static SessionShowCommand export() {
        return new SessionShowCommand(true);
    }

    @Override
    public CommandSpec spec() {
        String name = export ? "export" : "show";
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name(name);
        spec.addPositional(Specs.argument("ID", "1", "The session; the beginning of its id is enough."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object instead of Markdown."));
        return Specs.help(
                spec,
                "patchbay sessions " + name + " [OPTIONS] ID",
                export
                        ? "Print a whole conversation as Markdown or JSON, to be kept."
                        : "Show a session: what is known of it, and what was said.",
                "patchbay sessions " + name + " 1b2c3d4e" + (export ? " > talk.md" : ""));
    }

    /** That of the session, else that of its provider as its file says it now. */
    private static Optional<String> baseUrl(SessionRecord session, Invocation invocation) {
        Optional<String> own = session.proxyBaseUrl().filter(url -> session.proxyEnabled());
        if (own.isPresent() || session.provider().isEmpty()) {
            return own;
        }
        try (Patchbay patchbay = Installation.inspected(invocation)) {
            return patchbay.registry()
                    .findNamed(session.provider().get())
                    .flatMap(Provider::definition)
                    .flatMap(Definition::baseUrl)
                    .map(PrintableUrl::of);
        }
    }

    @Override
    public int run(Invocation invocation) {
        String id = invocation.arguments().get(0);
        try (SqliteSessionStore store = SessionFile.open(invocation).orElseThrow(() -> SessionLookup.unknown(id))) {
            SessionRecord session = SessionLookup.require(store, id);
            List<ConversationEvent> history = store.history(session.id());
            if (invocation.has(JSON)) {
                invocation
                        .terminal()
                        .out()
                        .lines(JsonText.write(new JsonObject()
                                .put("data", session.toJson())
                                .put(
                                        "messages",
                                        history.stream()
                                                .map(ConversationEvent::toJson)
                                                .toList())
                                .toMap()));
                return ExitCode.OK;
            }
            invocation.terminal().out().content(SessionMarkdown.of(session, baseUrl(session, invocation), history));
            if (!export && session.status().isFinal()) {
                invocation.terminal().err().println("go on: " + GoOnCommand.of(invocation, session.id()));
            }
            return ExitCode.OK;
        } catch (IllegalArgumentException unreadable) {
            throw new UsageException("session '" + id + "' cannot be shown: " + unreadable.getMessage());
        }
    }
}
