package dev.patchbay.session;

import dev.patchbay.http.RetryListener;
import dev.patchbay.route.Route;
import dev.patchbay.spi.ChatClient;

/** Makes clients for routes; nothing is sent before a client is asked something. */
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
