package dev.patchbay.cli;

import dev.patchbay.cli.terminal.Output;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.config.ProcessEnvironment;
import java.io.InputStream;
import java.io.OutputStream;

/** What the start-up cache is made from: a process that uses what the commands use, and prints nothing. */
final class Training {

    private Training() {}

    public static void main(String[] arguments) {
        Output nowhere = Output.optional(OutputStream.nullOutputStream(), false);
        Terminal terminal =
                new Terminal(InputStream.nullInputStream(), false, nowhere, nowhere, new ProcessEnvironment());
        run(terminal, "--version");
        run(terminal, "--help");
        run(terminal, "--debug", "completion");
    }

    private static void run(Terminal terminal, String... arguments) {
        new Cli(terminal).run(arguments);
    }
}
