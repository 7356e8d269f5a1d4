package dev.patchbay.internal.gateway.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections to upstreams that wait for their next exchange: the few that everyday use needs after a while, and what a rush
 * of clients left behind soon, since each takes a socket and 16 KiB of heap. The pool would keep all alike, and for as long as the
 * upstream says. Used on one event loop.
 */
final class IdleConnections {

    private static final int FEW = 16;

    /** Below the minute after which many load balancers forget a connection. */
    private static final long FEW_NANOS = TimeUnit.SECONDS.toNanos(50);

    /** Longer than clients that ask one question after the other need for the next. */
    private static final long OTHERS_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long PERIOD_MILLIS = 1000;

    /** Since when each waits; the one that waits for the longest time comes first. */
    private final Map<HttpConnection, Long> since = new LinkedHashMap<>();

    IdleConnections(Vertx vertx) {
        vertx.setPeriodic(PERIOD_MILLIS, id -> sweep(System.nanoTime()));
    }

    /** An exchange has come to its end, and another may follow. */
    void add(HttpConnection connection) {
        since.put(connection, System.nanoTime());
    }

    /** An exchange begins, or the connection is closed. */
    void remove(HttpConnection connection) {
        since.remove(connection);
    }

    private void sweep(long now) {
        Iterator<Map.Entry<HttpConnection, Long>> oldest = since.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<HttpConnection, Long> next = oldest.next();
            if (now - next.getValue() < (since.size() > FEW ? OTHERS_NANOS : FEW_NANOS)) {
                return;
            }
            oldest.remove();
            next.getKey().close();
        }
    }
}
