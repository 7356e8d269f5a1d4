package dev.patchbay.cli;

import dev.patchbay.cli.chat.ChatCommand;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.daemon.DaemonLogsCommand;
import dev.patchbay.cli.daemon.DaemonOpenCommand;
import dev.patchbay.cli.daemon.DaemonStartCommand;
import dev.patchbay.cli.daemon.DaemonStatusCommand;
import dev.patchbay.cli.daemon.DaemonStopCommand;
import dev.patchbay.cli.daemon.SessionArchiveCommand;
import dev.patchbay.cli.daemon.SessionFollowCommand;
import dev.patchbay.cli.daemon.SessionInterruptCommand;
import dev.patchbay.cli.doctor.DoctorCommand;
import dev.patchbay.cli.gateway.GatewayCommand;
import dev.patchbay.cli.launch.ContinueCommand;
import dev.patchbay.cli.launch.LaunchCommand;
import dev.patchbay.cli.launch.SessionUpdateCommand;
import dev.patchbay.cli.models.KnownModelsCommand;
import dev.patchbay.cli.models.UpdateModelsCommand;
import dev.patchbay.cli.plugins.PluginsCommand;
import dev.patchbay.cli.plugins.VerifyCommand;
import dev.patchbay.cli.providers.DefaultCommand;
import dev.patchbay.cli.providers.ExplainCommand;
import dev.patchbay.cli.providers.ListCommand;
import dev.patchbay.cli.providers.ModelsCommand;
import dev.patchbay.cli.providers.NewCommand;
import dev.patchbay.cli.providers.PresetsCommand;
import dev.patchbay.cli.providers.SchemaCommand;
import dev.patchbay.cli.providers.ShowCommand;
import dev.patchbay.cli.providers.TestCommand;
import dev.patchbay.cli.providers.ValidateCommand;
import dev.patchbay.cli.run.RunCommand;
import dev.patchbay.cli.session.SessionForgetCommand;
import dev.patchbay.cli.session.SessionListCommand;
import dev.patchbay.cli.session.SessionPruneCommand;
import dev.patchbay.cli.session.SessionRescueCommand;
import dev.patchbay.cli.session.SessionSearchCommand;
import dev.patchbay.cli.session.SessionShowCommand;
import dev.patchbay.cli.session.UsageCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every command in its place. */
final class CommandTree {

    private static final int OPTION_COLUMN = 27;

    private CommandTree() {}

    static CommandLine of(GlobalOptions globals) {
        CommandSpec root = root();
        globals.addTo(root);
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version.")
                .build());
        add(root, new LaunchCommand());
        add(root, new ChatCommand());
        group(
                root,
                sessions(),
                new SessionListCommand(),
                SessionShowCommand.show(),
                new ContinueCommand(),
                SessionShowCommand.export(),
                new SessionSearchCommand(),
                new SessionFollowCommand(),
                new SessionInterruptCommand(),
                new SessionUpdateCommand(),
                new SessionArchiveCommand(),
                new SessionForgetCommand(),
                new SessionPruneCommand(),
                new SessionRescueCommand());
        add(root, new UsageCommand());
        group(
                root,
                providers(),
                new ListCommand(),
                new ShowCommand(),
                new ExplainCommand(),
                new ValidateCommand(),
                new TestCommand(),
                new ModelsCommand(),
                new NewCommand(),
                new PresetsCommand(),
                new SchemaCommand());
        group(root, new KnownModelsCommand().spec(), new UpdateModelsCommand());
        add(root, new DefaultCommand());
        group(root, plugins(), new PluginsCommand(), new VerifyCommand());
        add(root, new RunCommand());
        add(root, new GatewayCommand());
        group(
                root,
                daemon(),
                new DaemonStartCommand(),
                new DaemonStatusCommand(),
                new DaemonStopCommand(),
                new DaemonLogsCommand(),
                new DaemonOpenCommand());
        add(root, new DoctorCommand());
        add(root, new CompletionCommand());
        add(root, new HelpCommand());
        return configured(new CommandLine(root));
    }

    private static CommandSpec root() {
        CommandSpec spec = Specs.help(
                CommandSpec.create().name("patchbay"),
                "patchbay [OPTIONS] COMMAND",
                "Any AI provider, from a YAML file or a plugin jar.",
                "patchbay launch \"Hello\" --provider demo",
                "patchbay providers list",
                "patchbay launch --help");
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(exitCodes());
        return spec;
    }

    private static CommandSpec providers() {
        return Specs.help(
                CommandSpec.create().name("providers"),
                "patchbay providers [OPTIONS] COMMAND",
                "List, show and check providers.",
                "patchbay providers list",
                "patchbay providers validate config/providers/groq.yaml");
    }

    private static CommandSpec sessions() {
        return Specs.help(
                CommandSpec.create().name("sessions"),
                "patchbay sessions [OPTIONS] COMMAND",
                "List, find, continue, keep and delete what was asked before.",
                "patchbay sessions list",
                "patchbay sessions continue 1b2c3d4e \"And in Java?\"");
    }

    private static CommandSpec daemon() {
        return Specs.help(
                CommandSpec.create().name("daemon"),
                "patchbay daemon [OPTIONS] COMMAND",
                "Sessions over REST, live events, the web page and the gateway, in one process in the background.",
                "patchbay daemon start",
                "patchbay daemon status");
    }

    private static CommandSpec plugins() {
        return Specs.help(
                CommandSpec.create().name("plugins"),
                "patchbay plugins [OPTIONS] COMMAND",
                "List plugins, and check a jar before it is one.",
                "patchbay plugins list",
                "patchbay plugins verify target/my-plugin-1.0.0.jar");
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put(String.valueOf(ExitCode.OK), "Done.");
        codes.put(String.valueOf(ExitCode.FAILED), "The provider failed.");
        codes.put(String.valueOf(ExitCode.USAGE), "The command line is wrong.");
        codes.put(
                String.valueOf(ExitCode.CONFIGURATION),
                "A provider file, a setting or a key is wrong or missing; nothing was sent.");
        codes.put(String.valueOf(ExitCode.INTERRUPTED), "Interrupted.");
        return codes;
    }

    private static void group(CommandSpec parent, CommandSpec group, Command... commands) {
        for (Command command : commands) {
            add(group, command);
        }
        parent.addSubcommand(group.name(), group);
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
                .setUsageHelpLongOptionsMaxWidth(OPTION_COLUMN)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    }
}
