package dev.patchbay.cli.launch;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.session.ContinuedSession;
import dev.patchbay.cli.session.LaunchStore;
import dev.patchbay.session.SessionRecord;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Goes on with one session: a launch under another name. */
public final class ContinueCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("continue");
        spec.addPositional(Specs.argument("ID", "1", "The session; the beginning of its id is enough."));
        spec.addPositional(Specs.argument("QUERY|-", "0..1", "What is asked, as for patchbay launch."));
        LaunchCommand.addOptions(spec);
        return Specs.help(
                spec,
                "patchbay sessions continue [OPTIONS] ID [QUERY|-]",
                "Ask on in a session; what it said about provider, model and instructions holds unless an option says otherwise.",
                "patchbay sessions continue 1b2c3d4e \"And in Java?\"",
                "patchbay sessions continue 1b2c3d4e \"What do you think?\" -p openrouter");
    }

    @Override
    public int run(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        Question question = Question.of(invocation, arguments.subList(1, arguments.size()));
        LaunchStore store = LaunchStore.opening(invocation);
        return LaunchCommand.run(invocation, question, store, () -> {
            SessionRecord found = ContinuedSession.withId(arguments.get(0), store);
            invocation.terminal().err().println(ContinuedSession.described(found));
            return Optional.of(found);
        });
    }
}
