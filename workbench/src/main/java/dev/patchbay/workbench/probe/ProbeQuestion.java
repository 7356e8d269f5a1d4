package dev.patchbay.workbench.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.internal.route.Route;

/** Something that a provider can be asked, in one call. */
interface ProbeQuestion<T> {

    /**
     * Asks it once.
     *
     * @throws dev.patchbay.spi.ProviderException if the provider refuses, or cannot be reached
     */
    T ask(Route route, QuestionForm form);

    /** The body that would be sent; without members where nobody can know it. */
    ObjectNode sent(Route route, QuestionForm form);
}
