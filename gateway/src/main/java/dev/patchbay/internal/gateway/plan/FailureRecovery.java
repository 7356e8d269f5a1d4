package dev.patchbay.internal.gateway.plan;

import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.ProviderException;

/** Another way to an answer, of which nothing was passed on yet. Used on one event loop. */
public interface FailureRecovery {

    /**
     * Goes another way, maybe later; or, if there is none, runs what is otherwise done.
     *
     * @param failed what was tried last
     */
    void take(Route failed, ProviderException failure, Runnable otherwise);
}
