package dev.patchbay.cli;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the script with which bash and zsh complete commands and options. */
final class CompletionCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("completion");
        return Specs.help(
                spec,
                "patchbay completion [OPTIONS]",
                "Print a completion script for bash and zsh.",
                "source <(patchbay completion)");
    }

    @Override
    public int run(Invocation invocation) {
        invocation.terminal().out().print(AutoComplete.bash("patchbay", invocation.root()));
        return ExitCode.OK;
    }
}
