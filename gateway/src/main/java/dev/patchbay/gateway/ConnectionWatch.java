package dev.patchbay.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.IdentityHashMap;

/** Closes connections of clients that ask nothing, or take too long to ask. Used on one event loop. */
final class ConnectionWatch {

    private final Vertx vertx;
    private final Duration limit;
    private final IdentityHashMap<HttpConnection, Watched> connections = new IdentityHashMap<>();

    ConnectionWatch(Vertx vertx, Duration limit) {
        this.vertx = vertx;
        this.limit = limit;
    }

    /** A connection was made. */
    void opened(HttpConnection connection) {
        Watched watched = new Watched(connection);
        connections.put(connection, watched);
        // A client that breaks off is no news.
        connection.exceptionHandler(ignored -> {});
        connection.closeHandler(ignored -> {
            watched.timer.stop();
            connections.remove(connection);
        });
    }

    /** A request has begun. */
    void busy(HttpConnection connection) {
        change(connection, 1);
    }

    /** A request is over. */
    void idle(HttpConnection connection) {
        change(connection, -1);
    }

    private void change(HttpConnection connection, int requests) {
        Watched watched = connections.get(connection);
        if (watched != null) {
            watched.requests += requests;
            watched.timer.touch();
        }
    }

    private final class Watched {

        private final SilenceTimer timer;
        private int requests;

        Watched(HttpConnection connection) {
            this.timer = new SilenceTimer(vertx, limit, () -> {
                if (requests == 0) {
                    connection.close();
                }
            });
        }
    }
}
