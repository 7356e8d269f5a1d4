package dev.patchbay.cli;

import static java.util.Objects.requireNonNull;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.log.DebugLog;
import dev.patchbay.cli.terminal.Terminal;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line from its arguments to its exit code. */
final class Cli implements Thread.UncaughtExceptionHandler {

    /** What Java puts where it cannot decode an argument: a provider must not be asked something else than the user typed. */
    private static final char UNREADABLE = '\uFFFD';

    private final Terminal terminal;
    private final GlobalOptions globals = new GlobalOptions();

    Cli(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    /** Runs one command; returns the exit code. Whatever goes wrong ends here, as lines on standard error. */
    int run(String... arguments) {
        FailureReport failures = new FailureReport(terminal, globals);
        if (Arrays.stream(arguments).anyMatch(argument -> argument.indexOf(UNREADABLE) >= 0)) {
            terminal.err()
                    .println("patchbay: an argument cannot be read: it is not in the character set of the locale, or"
                            + " the locale is not installed; with LC_ALL=C.UTF-8 every text in UTF-8 can be given");
            return ExitCode.USAGE;
        }
        if (Arrays.stream(arguments)
                .takeWhile(argument -> !argument.equals("--"))
                .anyMatch("--json"::equals)) {
            failures.alsoInJson();
        }
        CommandLine root = CommandTree.of(globals, arguments);
        try {
            ParseResult parsed = root.parseArgs(arguments);
            boolean helpRequested = parsed.isUsageHelpRequested();
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
                helpRequested |= parsed.isUsageHelpRequested();
            }
            CommandLine command = parsed.commandSpec().commandLine();
            if (helpRequested) {
                return help(command, failures);
            }
            Optional<String> mistake = UsageErrors.singleDash(command, arguments);
            if (mistake.isPresent()) {
                return failures.usage(command, mistake.get());
            }
            if (globals.debug()) {
                DebugLog.enable();
            }
            return run(parsed, failures);
        } catch (ParameterException e) {
            if (e instanceof MissingParameterException && isHelpAmong(arguments)) {
                return help(e.getCommandLine(), failures);
            }
            return failures.usage(
                    e.getCommandLine(),
                    UsageErrors.singleDash(e.getCommandLine(), arguments).orElseGet(() -> UsageErrors.describe(e)));
        }
    }

    /** A mistake on a thread of its own. */
    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        new FailureReport(terminal, globals).unexpected(error);
    }

    /** Before a command as well as behind it. */
    private static boolean isHelpAmong(String... arguments) {
        return Arrays.stream(arguments)
                .takeWhile(argument -> !argument.equals("--"))
                .anyMatch(Set.of("--help", "-h")::contains);
    }

    private int help(CommandLine command, FailureReport failures) {
        return failures.guard(() -> {
            CommandTree.complete(command);
            terminal.out().print(command.getUsageMessage());
            return ExitCode.OK;
        });
    }

    private int run(ParseResult parsed, FailureReport failures) {
        CommandLine commandLine = parsed.commandSpec().commandLine();
        if (parsed.isVersionHelpRequested()) {
            return failures.guard(() -> CliVersion.print(terminal));
        }
        if (!(parsed.commandSpec().userObject() instanceof Command command)) {
            return failures.usage(commandLine, "a command is missing");
        }
        try {
            return failures.guard(() -> command.run(new Invocation(parsed, globals, terminal)));
        } catch (UsageException e) {
            return failures.usage(commandLine, String.valueOf(e.getMessage()));
        }
    }
}
