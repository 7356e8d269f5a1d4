package dev.patchbay.gateway;

import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;

/**
 * Lets connections and requests in only as fast as their event loop keeps up with what runs on it, so that a rush of new ones,
 * above all on code that is not compiled yet, does not make streams late that run already. Used on one event loop.
 */
final class Intake {

    /** Clients do not wait for ever either. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Meters meters;

    /** Of their own, since many connections may be made long before they are used, all at once. */
    private final Pacer connections;

    private final Pacer requests;

    Intake(Vertx vertx, Meters meters) {
        this.meters = meters;
        this.connections = new Pacer(vertx, LONGEST);
        this.requests = new Pacer(vertx, LONGEST);
    }

    /** A connection was made; nothing is read from it before its turn. */
    void connection(HttpConnection connection) {
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
     * @param begin begins to read its body and to answer it
     */
    void request(Exchange client, Runnable begin) {
        if (requests.admits()) {
            begin.run();
            return;
        }
        client.request().pause();
        requests.later(client::isGone, () -> {
            begin.run();
            client.request().resume();
        });
        meters.delayed();
    }
}
