package dev.patchbay.internal.models;

import dev.patchbay.spi.ModelInfo;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A model as its provider lists it.
 *
 * @param id the name on the wire
 * @param name for people
 * @param context most tokens of input and output together, where the provider says so
 * @param maxOutput most tokens of output, where the provider says so
 */
public record OfferedModel(String id, Optional<String> name, OptionalInt context, OptionalInt maxOutput) {

    /** The same as a plugin's client says it. */
    static OfferedModel of(ModelInfo info) {
        return new OfferedModel(info.id(), info.name(), toInt(info.contextTokens()), toInt(info.maxOutputTokens()));
    }

    /** The same for whoever asks a client. */
    public ModelInfo info() {
        ModelInfo.Builder info = ModelInfo.builder(id);
        name.ifPresent(info::name);
        context.ifPresent(info::contextTokens);
        maxOutput.ifPresent(info::maxOutputTokens);
        return info.build();
    }

    private static OptionalInt toInt(OptionalLong tokens) {
        return tokens.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.min(Integer.MAX_VALUE, tokens.getAsLong()));
    }
}
