package dev.patchbay.cli;

import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.terminal.OutputException;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.config.ProcessEnvironment;

/** The entry point of the process. */
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess(new ProcessEnvironment());
        if (Version.isAllOf(arguments)) {
            printVersion(terminal);
            return;
        }
        Cli cli = new Cli(terminal);
        Thread.setDefaultUncaughtExceptionHandler(cli);
        exit(cli.run(arguments));
    }

    /** Ends by returning, where it can: that is quicker than exit, which looks for a logger first. */
    private static void printVersion(Terminal terminal) {
        try {
            Version.print(terminal);
        } catch (OutputException e) {
            exit(new Failures(terminal, new GlobalOptions()).output(e));
        }
    }

    /** Ends the process; the only place that does. */
    static void exit(int code) {
        System.exit(code);
    }
}
