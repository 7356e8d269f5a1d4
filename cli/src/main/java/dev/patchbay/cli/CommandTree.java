package dev.patchbay.cli;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.GlobalOptions;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every command in its place. */
final class CommandTree {

    private CommandTree() {}

    static CommandLine of(GlobalOptions globals) {
        CommandSpec root = group("patchbay", "Any AI provider, from a YAML file or a plugin jar.");
        globals.addTo(root);
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version.")
                .build());
        add(root, new CompletionCommand());
        return configured(new CommandLine(root));
    }

    /** A command that does nothing itself. */
    private static CommandSpec group(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).sortOptions(false).synopsisSubcommandLabel("COMMAND");
        return spec;
    }

    private static void add(CommandSpec parent, Command command) {
        CommandSpec spec = command.spec();
        parent.addSubcommand(spec.name(), spec);
    }

    private static CommandLine configured(CommandLine root) {
        // A query may begin with @ and hold ${…}; neither is picocli's to expand.
        return root.setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setOverwrittenOptionsAllowed(false)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    }
}
