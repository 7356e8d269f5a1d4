package dev.patchbay.cli.run;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where an agent's requests go, and what it should know of the model behind.
 *
 * @param gateway the address of the gateway that this agent has to itself
 * @param token what opens it, and nothing else
 * @param model the name to ask for
 * @param context most tokens of input and output together; empty: nobody knows
 * @param maxOutput most tokens of output; empty: nobody knows
 */
record Destination(
        URI gateway, String token, String model, Optional<String> name, OptionalInt context, OptionalInt maxOutput) {

    /** What an agent is told where nobody knows: it compacts too early rather than losing what it was asked. */
    static final int CAREFUL_CONTEXT = 32_768;

    /** The variable in which agents that ask for the name of one get the token. */
    static final String TOKEN = "PATCHBAY_TOKEN";

    /** Some want a number where it is not known. */
    private static final int CAREFUL_OUTPUT = 8192;

    int contextToTell() {
        return context.orElse(CAREFUL_CONTEXT);
    }

    /** At most half of the context: a server refuses what asks for more than prompt and answer have room for. */
    int outputToTell() {
        if (maxOutput.isEmpty()) {
            return Math.min(CAREFUL_OUTPUT, contextToTell() / 4);
        }
        return context.isEmpty() ? maxOutput.getAsInt() : Math.min(maxOutput.getAsInt(), context.getAsInt() / 2);
    }

    /**
     * What an agent is to ask for with each request.
     *
     * @param own what it asks for by itself
     * @return empty where that will do
     */
    OptionalInt outputToAskFor(int own) {
        if (maxOutput.isPresent()) {
            return OptionalInt.of(outputToTell());
        }
        int quarter = contextToTell() / 4;
        return quarter < own ? OptionalInt.of(quarter) : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return "Destination[" + gateway + ", " + model + "]";
    }
}
