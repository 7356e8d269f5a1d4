package dev.patchbay.internal.models;

import dev.patchbay.provider.Model;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a model beside its id; what nobody says is empty, never made up.
 *
 * @param name for people
 * @param context most tokens of input and output together
 * @param maxOutput most tokens of output
 * @param input what it reads: {@code text}, {@code image}, {@code pdf}; empty: unknown
 * @param tools whether it calls tools
 * @param price in USD
 */
public record ModelFacts(
        Optional<String> name,
        OptionalInt context,
        OptionalInt maxOutput,
        List<String> input,
        Optional<Boolean> tools,
        Optional<Model.Price> price) {

    public static final ModelFacts UNKNOWN = new ModelFacts(
            Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of(), Optional.empty(), Optional.empty());

    static ModelFacts of(Model listed) {
        return new ModelFacts(
                listed.name(), listed.context(), listed.maxOutput(), listed.input(), listed.tools(), listed.price());
    }

    static ModelFacts of(OfferedModel offered) {
        return new ModelFacts(
                offered.name(), offered.context(), offered.maxOutput(), List.of(), Optional.empty(), Optional.empty());
    }

    /** These, and what they leave open from another source. A price is taken whole: half of one and half of another is none. */
    ModelFacts or(ModelFacts other) {
        return new ModelFacts(
                name.or(other::name),
                context.isPresent() ? context : other.context,
                maxOutput.isPresent() ? maxOutput : other.maxOutput,
                input.isEmpty() ? other.input : input,
                tools.or(other::tools),
                price.or(other::price));
    }
}
