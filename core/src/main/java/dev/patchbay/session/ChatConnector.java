package dev.patchbay.session;

import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.http.RetryListener;
import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.ChatClient;

/** Makes clients for routes; nothing is sent before a client is asked something. */
@InternalApi
@FunctionalInterface
public interface ChatConnector {

    /**
     * A client for one route.
     *
     * @param listener told of every attempt that will be made again
     * @throws dev.patchbay.spi.ProviderException if the route's dialect refuses the definition
     */
    ChatClient connect(Route route, RetryListener listener);
}
