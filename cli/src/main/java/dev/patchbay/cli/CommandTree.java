package dev.patchbay.cli;

import dev.patchbay.cli.chat.ChatCommand;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every command in its place. A start builds those that its arguments name and no others: most of the time that picocli takes goes
 * into the descriptions of commands, and there are near to fifty.
 */
final class CommandTree {

    private static final int OPTION_COLUMN = 27;

    /** The names below each command that has some, in the order of its help; those of the root stand under the empty text. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "",
            List.of(
                    "launch",
                    "chat",
                    "sessions",
                    "usage",
                    "providers",
                    "models",
                    "default",
                    "plugins",
                    "run",
                    "gateway",
                    "daemon",
                    "doctor",
                    "completion",
                    "help"),
            "sessions",
            List.of(
                    "list",
                    "show",
                    "continue",
                    "export",
                    "search",
                    "follow",
                    "interrupt",
                    "update",
                    "archive",
                    "forget",
                    "prune",
                    "rescue"),
            "providers",
            List.of("list", "show", "explain", "validate", "test", "models", "new", "presets", "schema"),
            "models",
            List.of("update"),
            "plugins",
            List.of("list", "verify"),
            "daemon",
            List.of("start", "status", "stop", "logs", "open"));

    private CommandTree() {}

    /** The root with every command. */
    static CommandLine of(GlobalOptions globals) {
        CommandLine root = of(globals, new String[0]);
        completeAll(root);
        return root;
    }

    /** The root with each command that is among these arguments; {@link #complete} adds the others. */
    static CommandLine of(GlobalOptions globals, String... arguments) {
        CommandSpec spec = root();
        globals.addTo(spec);
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version.")
                .build());
        CommandLine root = configured(spec);
        addNamed(root, Arrays.asList(arguments));
        return root;
    }

    /** The names of the commands below a command, whether they are built or not. */
    static List<String> names(CommandLine command) {
        return NAMES.getOrDefault(path(command), List.of());
    }

    /** The names of all commands, whatever they stand below. */
    static List<String> allNames() {
        return NAMES.values().stream().flatMap(List::stream).distinct().sorted().toList();
    }

    /** Builds all commands directly below a command, in place of those that the arguments named, for whoever looks at all of it. */
    static void complete(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (String name : List.copyOf(command.getSubcommands().keySet())) {
            spec.removeSubcommand(name);
        }
        for (String name : names(command)) {
            command.addSubcommand(name, build(command, name));
        }
    }

    /** The same for everything below. */
    static void completeAll(CommandLine command) {
        complete(command);
        command.getSubcommands().values().forEach(CommandTree::completeAll);
    }

    private static void addNamed(CommandLine command, List<String> arguments) {
        for (String name : names(command)) {
            if (arguments.contains(name)) {
                CommandLine named = build(command, name);
                command.addSubcommand(name, named);
                addNamed(named, arguments);
            }
        }
    }

    private static CommandLine build(CommandLine parent, String name) {
        return configured(spec((path(parent) + " " + name).strip()));
    }

    private static String path(CommandLine command) {
        CommandLine parent = command.getParent();
        return parent == null ? "" : (path(parent) + " " + command.getCommandName()).strip();
    }

    private static CommandSpec spec(String path) {
        return switch (path) {
            case "launch" -> new LaunchCommand().spec();
            case "chat" -> new ChatCommand().spec();
            case "sessions" -> sessions();
            case "sessions list" -> new SessionListCommand().spec();
            case "sessions show" -> SessionShowCommand.show().spec();
            case "sessions continue" -> new ContinueCommand().spec();
            case "sessions export" -> SessionShowCommand.export().spec();
            case "sessions search" -> new SessionSearchCommand().spec();
            case "sessions follow" -> new SessionFollowCommand().spec();
            case "sessions interrupt" -> new SessionInterruptCommand().spec();
            case "sessions update" -> new SessionUpdateCommand().spec();
            case "sessions archive" -> new SessionArchiveCommand().spec();
            case "sessions forget" -> new SessionForgetCommand().spec();
            case "sessions prune" -> new SessionPruneCommand().spec();
            case "sessions rescue" -> new SessionRescueCommand().spec();
            case "usage" -> new UsageCommand().spec();
            case "providers" -> providers();
            case "providers list" -> new ListCommand().spec();
            case "providers show" -> new ShowCommand().spec();
            case "providers explain" -> new ExplainCommand().spec();
            case "providers validate" -> new ValidateCommand().spec();
            case "providers test" -> new TestCommand().spec();
            case "providers models" -> new ModelsCommand().spec();
            case "providers new" -> new NewCommand().spec();
            case "providers presets" -> new PresetsCommand().spec();
            case "providers schema" -> new SchemaCommand().spec();
            case "models" -> new KnownModelsCommand().spec();
            case "models update" -> new UpdateModelsCommand().spec();
            case "default" -> new DefaultCommand().spec();
            case "plugins" -> plugins();
            case "plugins list" -> new PluginsCommand().spec();
            case "plugins verify" -> new VerifyCommand().spec();
            case "run" -> new RunCommand().spec();
            case "gateway" -> new GatewayCommand().spec();
            case "daemon" -> daemon();
            case "daemon start" -> new DaemonStartCommand().spec();
            case "daemon status" -> new DaemonStatusCommand().spec();
            case "daemon stop" -> new DaemonStopCommand().spec();
            case "daemon logs" -> new DaemonLogsCommand().spec();
            case "daemon open" -> new DaemonOpenCommand().spec();
            case "doctor" -> new DoctorCommand().spec();
            case "completion" -> new CompletionCommand().spec();
            case "help" -> new HelpCommand().spec();
            default -> throw new IllegalArgumentException("no command " + path);
        };
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

    private static CommandLine configured(CommandSpec spec) {
        // A query may begin with @ and hold ${…}; neither is picocli's to expand.
        return new CommandLine(spec)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setOverwrittenOptionsAllowed(false)
                .setUsageHelpLongOptionsMaxWidth(OPTION_COLUMN)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    }
}
