package dev.patchbay.daemon.usage;

import dev.patchbay.Patchbay;
import dev.patchbay.gateway.AccessRecord;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.registry.Provider;
import dev.patchbay.spi.Usage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What calls of a gateway cost, by the prices of the provider's file and the catalogue. May read files: not for event loops. */
public final class CallCosts {

    private final Patchbay patchbay;

    public CallCosts(Patchbay patchbay) {
        this.patchbay = patchbay;
    }

    /** In USD; empty where a count or a price is not known. */
    public Optional<BigDecimal> of(String provider, String upstreamModel, Usage usage) {
        return price(provider, upstreamModel).flatMap(price -> price.cost(usage));
    }

    /** The same of a call, for calls of one moment, whose prices are looked for once. */
    Function<AccessRecord, Optional<BigDecimal>> ofMoment() {
        Map<List<String>, Optional<Model.Price>> known = new HashMap<>();
        return record -> known.computeIfAbsent(
                        List.of(record.provider().orElse(""), record.model().orElse("")),
                        asked -> price(asked.get(0), asked.get(1)))
                .flatMap(price -> price.cost(record.usage()));
    }

    private Optional<Model.Price> price(String provider, String upstreamModel) {
        return patchbay.registry()
                .findNamed(provider)
                .flatMap(Provider::definition)
                .flatMap(definition -> patchbay.runtime()
                        .models()
                        .facts(definition, id(definition, upstreamModel))
                        .price());
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
