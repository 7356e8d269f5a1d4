package dev.patchbay.internal.models;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.BodyRules;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.ProviderCatalog;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What providers' models are called, and what is known of them: from the provider's file, else from what the provider itself says,
 * else from a catalogue. Safe for use by several threads.
 */
public final class KnownModels {

    private final UpstreamModels upstream;
    private final ProviderCatalog catalog;

    public KnownModels(UpstreamModels upstream, ProviderCatalog catalog) {
        this.upstream = requireNonNull(upstream, "upstream is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    /**
     * The names of the models of several providers, each by the provider's id: those of the file; where it lists no models, those
     * that the provider itself lists, too, and if its list cannot be had those of the catalogue. May wait for those, five seconds at most for all.
     */
    public Map<String, Set<String>> names(List<Definition> definitions) {
        List<Definition> unlisted = definitions.stream()
                .filter(definition -> definition.models().isEmpty())
                .toList();
        List<UpstreamList> lists = upstream.ask(unlisted);
        Map<String, Set<String>> names = new LinkedHashMap<>();
        definitions.forEach(definition -> names.put(definition.id(), ofFile(definition)));
        for (int i = 0; i < unlisted.size(); i++) {
            Set<String> more = requireNonNull(names.get(unlisted.get(i).id()));
            lists.get(i).models().forEach(model -> more.add(model.id()));
            if (lists.get(i).failure().isPresent() && !unlisted.get(i).unknownModelsDenied()) {
                more.addAll(ofCatalog(unlisted.get(i)));
            }
        }
        return names;
    }

    /** What is known of a model now, without waiting for anybody; an alias stands for its model. */
    public ModelFacts facts(Definition definition, String idOrAlias) {
        String id = definition.aliases().getOrDefault(idOrAlias, idOrAlias);
        Optional<Model> listed = Optional.ofNullable(definition.models().get(id));
        String wire = listed.map(Model::upstreamId).orElse(id);
        return listed.map(ModelFacts::of)
                .orElse(ModelFacts.UNKNOWN)
                .or(upstream.atHand(definition)
                        .flatMap(list -> list.find(wire))
                        .map(ModelFacts::of)
                        .orElse(ModelFacts.UNKNOWN))
                .or(catalog.model(definition, wire).map(ModelFacts::of).orElse(ModelFacts.UNKNOWN));
    }

    /** What is known now of the model of a route, asking nobody. */
    public Model described(Route route) {
        return described(route.definition(), route.requestedModel(), route.upstreamModel());
    }

    /** The models of a provider without its aliases, as {@link #names} finds them, with what is known of each. */
    public List<Model> described(Definition definition) {
        Set<String> ids = new LinkedHashSet<>(definition.models().keySet());
        if (ids.isEmpty()) {
            ids.addAll(requireNonNull(names(List.of(definition)).get(definition.id())));
            ids.removeAll(definition.aliases().keySet());
        }
        return ids.stream()
                .map(id -> described(
                        definition,
                        id,
                        Optional.ofNullable(definition.models().get(id))
                                .map(Model::upstreamId)
                                .orElse(id)))
                .toList();
    }

    /** The models that a provider itself says it has; empty if it does not say. Waits five seconds at most. */
    public Optional<List<OfferedModel>> offered(Definition definition) {
        UpstreamList list = upstream.ask(definition);
        return list.failure().isPresent() ? Optional.empty() : Optional.of(list.models());
    }

    private Model described(Definition definition, String idOrAlias, String wire) {
        ModelFacts facts = facts(definition, idOrAlias);
        return new Model(
                definition.aliases().getOrDefault(idOrAlias, idOrAlias),
                wire,
                facts.name(),
                facts.context(),
                facts.maxOutput(),
                facts.input(),
                facts.tools(),
                facts.price(),
                BodyRules.NONE,
                Map.of());
    }

    /** What the model of a route costs: the file's word, else the catalogue's. */
    public Optional<Model.Price> price(Route route) {
        return route.model()
                .flatMap(Model::price)
                .or(() ->
                        catalog.model(route.definition(), route.upstreamModel()).flatMap(Model::price));
    }

    /** What fills in what neither files nor providers say. */
    public ProviderCatalog catalog() {
        return catalog;
    }

    /** Of an entry that was found by the id alone nobody knows whether it is the same provider. */
    private List<String> ofCatalog(Definition definition) {
        boolean certain = catalog.entry(definition)
                .filter(entry -> definition.catalog().isPresent() || !entry.equals(definition.id()))
                .isPresent();
        return certain
                ? catalog.models(definition).stream().map(Model::upstreamId).toList()
                : List.of();
    }

    /** The same, and where the file does not say what the model can hold the provider is asked first, five seconds at most. */
    public ModelFacts asked(Definition definition, String idOrAlias) {
        String id = definition.aliases().getOrDefault(idOrAlias, idOrAlias);
        Model listed = definition.models().get(id);
        if (listed == null || listed.context().isEmpty()) {
            upstream.ask(definition);
        }
        return facts(definition, idOrAlias);
    }

    private static Set<String> ofFile(Definition definition) {
        Set<String> names = new LinkedHashSet<>(definition.models().keySet());
        names.addAll(definition.aliases().keySet());
        definition.defaultModel().ifPresent(names::add);
        return names;
    }
}
