package dev.patchbay.cli;

import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.terminal.Terminal;
import java.util.Objects;

/** The version of this build, from the manifest of its jar. */
final class CliVersion {

    private CliVersion() {}

    /** Whether nothing but the version is asked for: that takes no parser, whose set-up takes longer than all the rest. */
    static boolean isAllOf(String... arguments) {
        return arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"));
    }

    /** Prints it; returns the exit code. */
    static int print(Terminal terminal) {
        String version =
                Objects.requireNonNullElse(CliVersion.class.getPackage().getImplementationVersion(), "unpackaged");
        terminal.out().println("patchbay " + version + " on Java " + System.getProperty("java.version"));
        return ExitCode.OK;
    }
}
