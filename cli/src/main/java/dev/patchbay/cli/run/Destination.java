package dev.patchbay.cli.run;

import dev.patchbay.cli.providers.ProviderLookup;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Printable;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /**
     * Checks that an agent takes the names of the model as they are.
     *
     * @param replaced what its settings would replace by something of this machine
     * @throws ConfigurationException if one of them holds that
     */
    void requireLiteral(Pattern replaced, String agent) {
        for (String text : List.of(model, name.orElse(model))) {
            Matcher found = replaced.matcher(text);
            if (found.find()) {
                throw misread(agent + " would replace " + found.group() + " in the name of the model", text);
            }
        }
    }

    /**
     * Checks that the name of the model can stand behind an option.
     *
     * @throws ConfigurationException if it would pass for one
     */
    void requireNoOption(String agent) {
        if (model.startsWith("-")) {
            throw misread(agent + " would take the name of the model for an option", model);
        }
    }

    private static ConfigurationException misread(String what, String name) {
        return ProviderLookup.problem(
                Code.CONFLICT,
                Printable.line(what + ", " + name),
                "give the model another name, `aliases: {NAME: …}` or `models: {ID: {name: …}}` in the provider's file, and run"
                        + " with -m NAME; nothing was started");
    }

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
