package dev.patchbay.daemon.usage;

import dev.patchbay.Patchbay;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.registry.Provider;
import dev.patchbay.spi.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/** What calls of a gateway cost, by the prices of the provider's file and the catalogue. May read files: not for event loops. */
public final class CallCosts {

    private final Patchbay patchbay;

    public CallCosts(Patchbay patchbay) {
        this.patchbay = patchbay;
    }

    /** In USD; empty where a count or a price is not known. */
    public Optional<BigDecimal> of(String provider, String upstreamModel, Usage usage) {
        return patchbay.registry()
                .findNamed(provider)
                .flatMap(Provider::definition)
                .flatMap(definition -> patchbay.runtime()
                        .models()
                        .facts(definition, id(definition, upstreamModel))
                        .price())
                .flatMap(price -> price.cost(usage));
    }

    /** A file may know a model by another name than its provider does. */
    private static String id(Definition definition, String upstreamModel) {
        return definition.models().values().stream()
                .filter(model -> model.upstreamId().equals(upstreamModel))
                .map(Model::id)
                .findFirst()
                .orElse(upstreamModel);
    }
}
