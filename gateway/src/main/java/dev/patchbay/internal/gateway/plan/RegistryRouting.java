package dev.patchbay.internal.gateway.plan;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.gateway.ListedModel;
import dev.patchbay.gateway.ModelRouting;
import dev.patchbay.internal.models.KnownModels;
import dev.patchbay.internal.models.ModelNames;
import dev.patchbay.internal.models.NamedModel;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.internal.runtime.ProviderRuntime;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Routes over the whole registry, by the rule of {@link ModelNames}. */
public final class RegistryRouting implements ModelRouting {

    private static final Location REQUEST = Location.of("request");

    private final ModelNames names;
    private final KnownModels models;
    private final Optional<String> provider;
    private final Optional<String> model;
    private volatile @Nullable ResolvedRoutes resolved;

    /**
     * @param provider where every request goes; empty: where the model's name leads
     * @param model what every request asks for; empty: what the client names
     */
    public RegistryRouting(ProviderRuntime runtime, Optional<String> provider, Optional<String> model) {
        this.names = runtime.names();
        this.models = runtime.models();
        this.provider = provider;
        this.model = model;
    }

    @Override
    public Optional<Route> route(RegistrySnapshot registry, String name, boolean mayWait) {
        Optional<NamedModel> meant = meant(registry, name, mayWait);
        return meant.isEmpty() ? Optional.empty() : Optional.of(resolved(registry, meant.get()));
    }

    @Override
    public List<ListedModel> models(RegistrySnapshot registry) {
        if (model.isPresent()) {
            return List.of(model(registry, model.get()));
        }
        List<Definition> shown = provider.map(only -> registry.findNamed(only).stream())
                .orElseGet(() -> registry.providers().stream())
                .filter(Provider::isReady)
                .flatMap(listed -> listed.definition().stream())
                .toList();
        Map<String, Set<String>> known = models.names(shown);
        List<ListedModel> listed = new ArrayList<>();
        for (Definition definition : shown) {
            for (String name : known.getOrDefault(definition.id(), Set.of())) {
                listed.add(ListedModel.of(asked(registry, definition, name), models.facts(definition, name)));
            }
        }
        return listed;
    }

    @Override
    public ListedModel model(RegistrySnapshot registry, String name) {
        Route route = route(registry, name, true).orElseThrow();
        return ListedModel.of(name, models.facts(route.definition(), route.requestedModel()));
    }

    private Optional<NamedModel> meant(RegistrySnapshot registry, String name, boolean mayWait) {
        if (provider.isPresent()) {
            return model.isPresent()
                    ? Optional.of(new NamedModel(provider.get(), model))
                    : names.at(registry, provider.get(), name, mayWait);
        }
        return names.find(registry, model.orElse(name), mayWait);
    }

    /** The name by which a client reaches a model: what the default provider lists may look like another provider's. */
    private String asked(RegistrySnapshot registry, Definition definition, String name) {
        if (provider.isPresent()) {
            return name;
        }
        if (!definition.id().equals(registry.defaultProvider())) {
            return definition.id() + "/" + name;
        }
        int slash = name.indexOf('/');
        boolean elsewhere = slash > 0
                && !ModelNames.names(definition, name)
                && registry.find(name.substring(0, slash)).isPresent();
        return elsewhere ? ModelNames.DEFAULT + "/" + name : name;
    }

    /** A route is the same for as long as the registry is. */
    private Route resolved(RegistrySnapshot registry, NamedModel meant) {
        ResolvedRoutes known = resolved;
        if (known == null || !known.areOf(registry)) {
            known = new ResolvedRoutes(registry, named -> route(registry, named));
            resolved = known;
        }
        return known.find(meant);
    }

    private Route route(RegistrySnapshot registry, NamedModel meant) {
        return RouteResolver.resolve(
                definition(registry, meant.provider()),
                meant.model().map(RouteOverrides::model).orElseGet(RouteOverrides::none));
    }

    private Definition definition(RegistrySnapshot registry, String id) {
        // A preset serves whom the operator sends there, and is no client's to name.
        Optional<Provider> known = provider.filter(id::equals).isPresent() ? registry.findNamed(id) : registry.find(id);
        return known.orElseThrow(() -> unknown(registry, id)).ready();
    }

    private static ConfigurationException unknown(RegistrySnapshot registry, String id) {
        List<String> near = registry.suggestions(id);
        String message = "no provider is named '" + id + "'"
                + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
        return new ConfigurationException(List.of(Diagnostic.error(Code.UNKNOWN_PROVIDER, REQUEST, message)
                .help(
                        "define it in a provider file, or name another one: `patchbay providers list` shows what there is")
                .build()));
    }
}
