package dev.patchbay.internal.gateway.upstream;

import io.netty.handler.ssl.util.TrustManagerFactoryWrapper;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A trust manager as an option of Vert.x, whose own way to say so needs a logging library that not everybody has. */
final class TrustOf implements TrustOptions {

    private final X509TrustManager trust;

    TrustOf(X509TrustManager trust) {
        this.trust = trust;
    }

    @Override
    public TrustOptions copy() {
        return this;
    }

    @Override
    public TrustManagerFactory getTrustManagerFactory(Vertx vertx) {
        return new TrustManagerFactoryWrapper(trust);
    }

    @Override
    public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) {
        return serverName -> new TrustManager[] {trust};
    }
}
