package dev.patchbay.internal.gateway.accept;

import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.gateway.answer.ClientExchange;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets connections and requests in only as fast as their event loop keeps up with what runs on it, so that a rush of new ones,
 * above all on code that is not compiled yet, does not make streams late that run already. Used on one event loop.
 */
public final class LoadThrottle {

    /** Clients do not wait for ever either. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Meters meters;

    /** Of their own, since many connections may be made long before they are used, all at once. */
    private final ThrottledQueue connections;

    private final ThrottledQueue requests;

    public LoadThrottle(Vertx vertx, Meters meters) {
        this.meters = meters;
        this.connections = new ThrottledQueue(vertx, LONGEST);
        this.requests = new ThrottledQueue(vertx, LONGEST);
    }

    /** A connection was made; nothing is read from it before its turn. */
    public void connection(HttpConnection connection) {
        if (!connections.admits() && connection instanceof ConnectionBase open) {
            Channel channel = open.channel();
            channel.config().setAutoRead(false);
            connections.later(() -> !channel.isOpen(), () -> channel.config().setAutoRead(true));
            meters.delayed();
        }
    }

    /**
     * A request has come.
     *
     * @param connection on which it came; nothing more of its body is read before its turn
     * @param begin begins to read its body and to answer it
     */
    public void request(ClientExchange client, Optional<ClientConnection> connection, Runnable begin) {
        if (requests.admits()) {
            begin.run();
            return;
        }
        client.request().pause();
        connection.ifPresent(
                waiting -> waiting.awaitTurn(() -> client.dispatch(() -> client.fail(BufferBudget.exhausted()))));
        Runnable turn = () -> {
            client.dispatch(begin);
            client.request().resume();
            connection.ifPresent(ClientConnection::takeTurn);
        };
        if (connection.filter(ClientConnection::wasSentAhead).isPresent()) {
            requests.laterStill(client::isGone, turn);
        } else {
            requests.later(client::isGone, turn);
        }
        meters.delayed();
    }
}
