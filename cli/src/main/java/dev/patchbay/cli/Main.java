package dev.patchbay.cli;

import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.terminal.OutputException;
import dev.patchbay.cli.terminal.StandardStreams;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.internal.config.ProcessEnvironment;

/** The entry point of the process. */
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess(new ProcessEnvironment());
        if (CliVersion.isAllOf(arguments)) {
            printVersion(terminal);
            return;
        }
        StandardStreams.keepOpen();
        BoundedEnd.install(terminal.err());
        Cli cli = new Cli(terminal);
        Thread.setDefaultUncaughtExceptionHandler(cli);
        exit(cli.run(arguments));
    }

    /** Ends by returning, where it can: that is quicker than exit, which looks for a logger first. */
    private static void printVersion(Terminal terminal) {
        try {
            CliVersion.print(terminal);
        } catch (OutputException e) {
            exit(new FailureReport(terminal, new GlobalOptions()).output(e));
        }
    }

    /**
     * Ends the process; the only place that does. One that ends already, by a signal, is left to it: exit would say that it cannot log, and
     * change nothing.
     */
    static void exit(int code) {
        BoundedEnd.endingWith(code);
        if (!isEnding()) {
            System.exit(code);
        }
    }

    private static boolean isEnding() {
        try {
            return Runtime.getRuntime().removeShutdownHook(new Thread());
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}
