package dev.patchbay.internal.gateway;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Closes a connection now, whatever its client still has to read: {@link HttpConnection#close} and {@link Channel#close} wait on their
 * way until what was written has gone out, for ever where nobody reads.
 */
public final class AbruptClose {

    private AbruptClose() {}

    /** May be called on any thread. */
    public static void of(HttpConnection connection) {
        if (connection instanceof ConnectionBase open) {
            of(open.channel());
        } else {
            connection.close();
        }
    }

    /** May be called on any thread. */
    public static void of(Channel channel) {
        channel.eventLoop()
                .execute(() -> channel.unsafe().close(channel.unsafe().voidPromise()));
    }
}
