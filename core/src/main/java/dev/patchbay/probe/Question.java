package dev.patchbay.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.route.Route;

/** Something that a provider can be asked, in one call. */
interface Question<T> {

    /**
     * Asks it once.
     *
     * @throws dev.patchbay.spi.ProviderException if the provider refuses, or cannot be reached
     */
    T ask(Route route, Form form);

    /** The body that would be sent; without members where nobody can know it. */
    ObjectNode sent(Route route, Form form);
}
