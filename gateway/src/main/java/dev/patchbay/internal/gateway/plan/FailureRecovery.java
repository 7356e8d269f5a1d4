package dev.patchbay.internal.gateway.plan;

import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.ProviderException;
import java.util.function.Consumer;

/** Another way to an answer, of which nothing was passed on yet. Used on one event loop. */
public interface FailureRecovery {

    /**
     * Goes another way, maybe later; or, if there is none, does what is otherwise done.
     *
     * @param failed what was tried last
     * @param otherwise takes words that go on from the failure, of ways that could not be gone; may be empty
     */
    void take(Route failed, ProviderException failure, Consumer<String> otherwise);
}
