package dev.patchbay.internal.gateway.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;

/** What proves this side to a server, as an option of Vert.x. */
final class IdentityOf implements KeyCertOptions {

    private final KeyManagerFactory keys;

    IdentityOf(KeyManagerFactory keys) {
        this.keys = keys;
    }

    @Override
    public KeyCertOptions copy() {
        return this;
    }

    @Override
    public KeyManagerFactory getKeyManagerFactory(Vertx vertx) {
        return keys;
    }

    @Override
    public Function<String, KeyManagerFactory> keyManagerFactoryMapper(Vertx vertx) {
        return serverName -> keys;
    }
}
