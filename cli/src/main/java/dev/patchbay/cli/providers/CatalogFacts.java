package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.ProviderCatalog;
import dev.patchbay.workbench.probe.ProbeModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the catalogue knows of one provider's models.
 *
 * @param entry its id there; empty: it is not in it
 * @param source whose words these are, and of which day
 * @param models by their names on the wire
 */
record CatalogFacts(Optional<String> entry, String source, Map<String, Model> models) {

    private static final String MODELS = "models";

    static CatalogFacts of(Patchbay patchbay, Definition definition) {
        ProviderCatalog catalog = patchbay.runtime().models().catalog();
        Map<String, Model> models = new LinkedHashMap<>();
        Optional<String> entry = catalog.entry(definition);
        catalog.models(definition).forEach(model -> models.put(model.upstreamId(), model));
        return new CatalogFacts(entry, entry.isPresent() ? catalog.source() : "", models);
    }

    Optional<Model> model(String upstreamId) {
        return Optional.ofNullable(models.get(upstreamId));
    }

    /** What models that the file names have from here, by the place where the file would say it. */
    Map<List<String>, Object> filled(Definition definition) {
        Map<List<String>, Object> values = new LinkedHashMap<>();
        for (ProbeModel model : ProbeModel.of(definition, List.of())) {
            model(model.upstreamId()).ifPresent(known -> fill(model.id(), model.listed(), known, values));
        }
        return values;
    }

    /** A price is taken whole: half of one and half of another is none. */
    private static void fill(String id, Optional<Model> file, Model known, Map<List<String>, Object> values) {
        if (file.map(Model::context).orElse(OptionalInt.empty()).isEmpty()) {
            known.context().ifPresent(tokens -> values.put(List.of(MODELS, id, "context"), tokens));
        }
        if (file.map(Model::maxOutput).orElse(OptionalInt.empty()).isEmpty()) {
            known.maxOutput().ifPresent(tokens -> values.put(List.of(MODELS, id, "maxOutput"), tokens));
        }
        if (file.map(Model::input).orElse(List.of()).isEmpty() && !known.input().isEmpty()) {
            values.put(List.of(MODELS, id, "input"), known.input());
        }
        if (file.flatMap(Model::tools).isEmpty()) {
            known.tools().ifPresent(can -> values.put(List.of(MODELS, id, "tools"), can));
        }
        if (file.flatMap(Model::price).isEmpty()) {
            known.price().ifPresent(price -> {
                price.input().ifPresent(usd -> values.put(List.of(MODELS, id, "price", "input"), usd));
                price.output().ifPresent(usd -> values.put(List.of(MODELS, id, "price", "output"), usd));
                price.cacheRead().ifPresent(usd -> values.put(List.of(MODELS, id, "price", "cacheRead"), usd));
                price.cacheWrite().ifPresent(usd -> values.put(List.of(MODELS, id, "price", "cacheWrite"), usd));
            });
        }
    }
}
