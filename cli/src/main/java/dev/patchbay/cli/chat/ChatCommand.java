package dev.patchbay.cli.chat;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.FlagNames;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.launch.CallOptions;
import dev.patchbay.cli.launch.LaunchCommand;
import dev.patchbay.cli.launch.OtherProblems;
import dev.patchbay.cli.providers.FirstProvider;
import dev.patchbay.cli.session.GoOnCommand;
import dev.patchbay.cli.session.LaunchStore;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.session.LaunchRequest;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** A talk: at a terminal with an editor, history and commands; else each line of standard input is a question. */
public final class ChatCommand implements Command {

    private static final String PROVIDER = "--provider";
    private static final String MODEL = "--model";
    private static final String SYSTEM = "--system";
    private static final String OPTION = "--option";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("chat");
        LaunchCommand.addProviderOptions(spec);
        spec.addOption(Specs.options(
                List.of("-o", OPTION),
                "KEY=VALUE",
                "A setting of the calls; may be repeated: " + CallOptions.names() + "."));
        spec.addOption(SessionFile.noStore());
        return Specs.help(
                spec,
                "patchbay chat [OPTIONS]",
                "Talk with a provider. Type /help there; Ctrl-C ends an answer, Ctrl-D the talk. Each line of a pipe is a"
                        + " question.",
                "patchbay chat -p demo",
                "patchbay chat -m groq/openai/gpt-oss-120b -s \"Answer in one sentence.\"",
                "printf 'What is 2+2?\\nAnd doubled?\\n' | patchbay chat -p demo");
    }

    @Override
    public int run(Invocation invocation) {
        Terminal terminal = invocation.terminal();
        // A mistake there is told before anything is opened.
        CallOptions.apply(invocation.values(OPTION), LaunchRequest.query("?"));
        LaunchStore store = LaunchStore.opening(invocation);
        try (store;
                Patchbay patchbay = Installation.open(invocation, store)) {
            if (invocation.value(PROVIDER).isEmpty() && invocation.value(MODEL).isEmpty()) {
                FirstProvider.require(patchbay.registry(), invocation);
            }
            Talk talk =
                    new Talk(patchbay, invocation, request -> CallOptions.apply(invocation.values(OPTION), request));
            invocation.value(PROVIDER).ifPresent(talk::toProvider);
            invocation.value(MODEL).ifPresent(talk::toModel);
            talk.instructions(invocation.value(SYSTEM));
            OtherProblems.note(patchbay.registry(), Optional.of(talk.route().provider()), invocation);
            int exitCode = terminal.isInteractive() && terminal.out().isTerminal()
                    ? new TerminalTalk(talk, patchbay, invocation).run()
                    : new PipedTalk(talk, terminal).run();
            goOn(talk, store, invocation);
            return exitCode;
        } catch (ConfigurationException e) {
            throw FlagNames.in(e, "chat");
        } finally {
            store.problem()
                    .ifPresent(problem ->
                            terminal.err().println("patchbay: warning: this talk is not stored: " + problem));
        }
    }

    private static void goOn(Talk talk, LaunchStore store, Invocation invocation) {
        Terminal terminal = invocation.terminal();
        if (terminal.canShowProgress() && terminal.out().isTerminal()) {
            talk.lastSession()
                    .filter(store::isStored)
                    .ifPresent(id -> terminal.err()
                            .raw(terminal.style().faint(Printable.line("go on: " + GoOnCommand.of(invocation, id)))
                                    + "\n"));
        }
    }
}
