package dev.patchbay.cli.run;

import dev.patchbay.spi.PatchbayException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that is led to a provider: how it is told where to go, and what of its user's settings would say otherwise. */
interface Agent {

    /**
     * Makes the command line, and sets in the environment what the agent reads; writes nothing but below the folder.
     *
     * @param arguments of the user, for the agent
     * @param folder that only this user can read, removed when the agent has ended
     * @throws PatchbayException if a setting that outranks both is in the way; it names file and entry
     */
    List<String> command(List<String> arguments, Destination destination, AgentEnvironment environment, Path folder)
            throws IOException;
}
