package dev.patchbay.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/** One request to an {@link HttpService}, and its answer. Used on the event loop of its connection, but for {@link #dispatch}. */
public interface ServiceRequest {

    /** Method, path and headers; its body is read by {@link #body} alone, and its answer written by the methods here. */
    HttpServerRequest http();

    /**
     * Refuses a request without the gateway's token.
     *
     * @throws dev.patchbay.spi.ProviderException with status 401
     */
    void requireToken();

    /** Reads the body within the gateway's limits; one that is too large or too slow is refused, and the consumer not called. */
    void body(Consumer<byte[]> whole);

    /** Runs a task on the event loop, from any thread; what it throws becomes the answer. */
    void dispatch(Runnable task);

    /** Answers with one body. Does nothing if the client has left. */
    void answer(int status, String contentType, byte[] body);

    /** Answers with an error in the service's shape. */
    void fail(Throwable failure);

    /**
     * Begins an answer that goes on for as long as the client stays; what is written there counts against the limits of its
     * connection.
     *
     * @param ended told once, when the client has left or the gateway closes
     */
    HttpServerResponse stream(String contentType, Runnable ended);

    /** Closes the connection now, whatever is still to be sent: of a client that reads nothing, that would never be. On any thread. */
    void cutOff();

    /** Whether nobody waits for an answer any more. */
    boolean isGone();
}
