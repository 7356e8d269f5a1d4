package dev.patchbay.cli.gateway;

import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import picocli.CommandLine.Model.OptionSpec;

/** The port on which a server listens. */
public final class PortOption {

    public static final String NAME = "--port";

    private static final int DEFAULT = 7777;
    private static final int LAST = 65_535;

    private PortOption() {}

    /**
     * The option of a command that listens.
     *
     * @param where the port is one
     */
    public static OptionSpec spec(String where) {
        return Specs.option(NAME, "N", where + "; default: " + DEFAULT + "; 0 for a free one.");
    }

    /**
     * What was given, or the default.
     *
     * @throws UsageException if it is no port
     */
    public static int of(Invocation invocation) {
        try {
            int port = invocation.value(NAME).map(Integer::parseInt).orElse(DEFAULT);
            if (port >= 0 && port <= LAST) {
                return port;
            }
        } catch (NumberFormatException notNumber) {
            throw new UsageException(NAME + " wants a number");
        }
        throw new UsageException(NAME + " wants a number up to " + LAST);
    }
}
