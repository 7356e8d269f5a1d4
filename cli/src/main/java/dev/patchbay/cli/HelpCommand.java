package dev.patchbay.cli;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.diagnostic.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The same as {@code --help}, for those who type it first. */
final class HelpCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("help");
        spec.addPositional(Specs.argument("COMMAND", "0..*", "The command to explain; default: all in short."));
        return Specs.help(
                spec,
                "patchbay help [COMMAND]",
                "Explain a command.",
                "patchbay help launch",
                "patchbay help providers list");
    }

    @Override
    public int run(Invocation invocation) {
        CommandLine command = invocation.root();
        for (String word : invocation.arguments()) {
            CommandTree.complete(command);
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw new UsageException(
                        "unknown command " + word + Nearest.question(word, CommandTree.names(command)));
            }
            command = next;
        }
        CommandTree.complete(command);
        invocation.terminal().out().print(command.getUsageMessage());
        return ExitCode.OK;
    }
}
