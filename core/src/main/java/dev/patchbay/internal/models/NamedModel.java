package dev.patchbay.internal.models;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a name means.
 *
 * @param provider the id of the provider, which may not be there or may not be usable
 * @param model id or alias at that provider; empty: its default model
 */
public record NamedModel(String provider, Optional<String> model) {

    // Written out, since what a record is given of its own is made when it is first asked for, in ten milliseconds.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedModel named && provider.equals(named.provider) && model.equals(named.model);
    }

    @Override
    public int hashCode() {
        return 31 * provider.hashCode() + model.hashCode();
    }

    static NamedModel of(String provider, String model) {
        return new NamedModel(provider, Optional.of(model).filter(name -> !name.isEmpty()));
    }
}
