package dev.patchbay.internal.models;

import java.util.Optional;

/**
 * What a name means.
 *
 * @param provider the id of the provider, which may not be there or may not be usable
 * @param model id or alias at that provider; empty: its default model
 */
public record NamedModel(String provider, Optional<String> model) {

    static NamedModel of(String provider, String model) {
        return new NamedModel(provider, Optional.of(model).filter(name -> !name.isEmpty()));
    }
}
