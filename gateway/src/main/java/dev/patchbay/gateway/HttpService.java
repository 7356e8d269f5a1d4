package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What else is served on the port of a gateway: all paths that are not the gateway's own. The gateway's doors stand before it: names
 * of hosts, origins of web pages, limits of heads, bodies, connections and memory. Used on event loops, so nothing in it may wait.
 */
public interface HttpService {

    /** Answers a request, now or later; what is thrown becomes the answer. The token is asked for by {@link ServiceRequest#requireToken}. */
    void serve(ServiceRequest request);

    /**
     * The body of an error, of the doors too.
     *
     * @param status of the answer
     * @param message for people
     */
    ObjectNode error(int status, String message);
}
