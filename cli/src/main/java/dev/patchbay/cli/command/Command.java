package dev.patchbay.cli.command;

import picocli.CommandLine.Model.CommandSpec;

/** One command. It describes itself through picocli's model: annotations would cost 35 ms of every start. */
public interface Command {

    /** Name, options and help; its user object is this command. */
    CommandSpec spec();

    /**
     * Does what was asked.
     *
     * @return an {@link ExitCode}
     * @throws UsageException if values do not fit together
     * @throws dev.patchbay.spi.PatchbayException for everything else that the user can do something about
     */
    int run(Invocation invocation);
}
