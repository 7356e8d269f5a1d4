package dev.patchbay.gateway;

import dev.patchbay.route.Route;
import java.util.List;

/** Where the requests of an address go. Safe for use by several threads; asked on event loops, so it must not wait. */
public interface ModelRouting {

    /**
     * The route for a model.
     *
     * @param model as the client names it; empty if it names none
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot be routed
     */
    Route route(String model);

    /** The names of models that clients are shown; others may be routed, too. */
    List<String> models();
}
