package dev.patchbay.gateway;

import dev.patchbay.internal.route.Route;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.List;
import java.util.Optional;

/** Where the requests of an address go. Safe for use by several threads. */
public interface ModelRouting {

    /**
     * The route for a model.
     *
     * @param registry of the moment at which the request was asked for; the request keeps it to its end
     * @param model as the client names it; empty if it names none
     * @param mayWait whether this thread may wait; event loops may not
     * @return empty if it would have to wait and may not: it is asked again then, by a thread that may
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot be routed
     */
    Optional<Route> route(RegistrySnapshot registry, String model, boolean mayWait);

    /** The names of models that clients are shown; others may be routed, too. May wait, a few seconds at most. */
    List<ListedModel> models(RegistrySnapshot registry);

    /**
     * What is known of the model that a name leads to. May wait, a few seconds at most.
     *
     * @throws dev.patchbay.diagnostic.ConfigurationException if it leads nowhere
     */
    ListedModel model(RegistrySnapshot registry, String name);
}
