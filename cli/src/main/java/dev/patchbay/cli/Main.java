package dev.patchbay.cli;

import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.config.ProcessEnvironment;

/** The entry point of the process. */
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess(new ProcessEnvironment());
        System.exit(new Cli(terminal).run(arguments));
    }
}
