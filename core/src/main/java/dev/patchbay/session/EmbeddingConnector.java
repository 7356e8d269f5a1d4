package dev.patchbay.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.route.Route;

/** Sends a request for vectors. */
@InternalApi
@FunctionalInterface
public interface EmbeddingConnector {

    /**
     * Asks once, and again where the route's {@code retries} allow it.
     *
     * @return the body of the answer
     * @throws dev.patchbay.spi.ProviderException if the provider refuses, cannot be reached, or offers no vectors
     */
    byte[] embed(Route route, ObjectNode body);
}
