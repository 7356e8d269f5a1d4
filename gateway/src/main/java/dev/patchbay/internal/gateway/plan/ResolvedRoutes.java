package dev.patchbay.internal.gateway.plan;

import dev.patchbay.internal.models.NamedModel;
import dev.patchbay.internal.route.Route;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The routes of one registry, each resolved when it is asked for first. Safe for use by several threads. */
final class ResolvedRoutes {

    /** Clients may name as many models as they like. */
    private static final int MOST = 256;

    private final RegistrySnapshot registry;
    private final Function<NamedModel, Route> resolution;
    private final Map<NamedModel, Route> routes = new ConcurrentHashMap<>();

    /** @param resolution throws where there is no route, each time anew */
    ResolvedRoutes(RegistrySnapshot registry, Function<NamedModel, Route> resolution) {
        this.registry = registry;
        this.resolution = resolution;
    }

    @SuppressWarnings("ReferenceEquality") // Each reading of the files is a registry of its own.
    boolean areOf(RegistrySnapshot asked) {
        return registry == asked;
    }

    Route find(NamedModel model) {
        Route known = routes.get(model);
        if (known != null) {
            return known;
        }
        Route route = resolution.apply(model);
        if (routes.size() >= MOST) {
            routes.clear();
        }
        routes.put(model, route);
        return route;
    }
}
