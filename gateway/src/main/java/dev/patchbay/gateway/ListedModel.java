package dev.patchbay.gateway;

import dev.patchbay.internal.models.ModelFacts;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A name of a model that clients are told of; what is not known is empty, never made up.
 *
 * @param id the name that they can ask for
 * @param name for people
 * @param context most tokens of input and output together
 * @param maxOutput most tokens of output
 */
public record ListedModel(String id, Optional<String> name, OptionalInt context, OptionalInt maxOutput) {

    public static ListedModel of(String id, ModelFacts facts) {
        return new ListedModel(id, facts.name(), facts.context(), facts.maxOutput());
    }
}
