package dev.patchbay.internal.gateway.serve;

import dev.patchbay.gateway.ServiceRequest;
import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.accept.AccessControl;
import dev.patchbay.internal.gateway.accept.BodyReader;
import dev.patchbay.internal.gateway.accept.ClientLimits;
import dev.patchbay.internal.gateway.accept.ConnectionWatch;
import dev.patchbay.internal.gateway.answer.ClientExchange;
import dev.patchbay.spi.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.function.Consumer;

/** A request to the service beside the gateway, as its event loop sees it. */
final class ServiceExchange implements ServiceRequest {

    private final Vertx vertx;
    private final ClientExchange client;
    private final ConnectionWatch watch;
    private final AccessControl access;
    private final Optional<Secret> token;
    private final ClientLimits limits;

    ServiceExchange(
            Vertx vertx,
            ClientExchange client,
            ConnectionWatch watch,
            AccessControl access,
            Optional<Secret> token,
            ClientLimits limits) {
        this.vertx = vertx;
        this.client = client;
        this.watch = watch;
        this.access = access;
        this.token = token;
        this.limits = limits;
    }

    @Override
    public HttpServerRequest http() {
        return client.request();
    }

    @Override
    public void requireToken() {
        access.token(client.request(), token);
    }

    @Override
    public void body(Consumer<byte[]> whole) {
        BodyReader.read(
                vertx,
                client.request(),
                watch.of(client.request().connection()),
                client.memory(),
                limits,
                whole,
                client::fail);
    }

    @Override
    public void dispatch(Runnable task) {
        client.later(() -> guarded(task));
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            fail(failure);
        }
    }

    @Override
    public void answer(int status, String contentType, byte[] body) {
        client.body(status, contentType, body);
    }

    @Override
    public void fail(Throwable failure) {
        client.fail(GatewayFailures.of(failure));
    }

    @Override
    public HttpServerResponse stream(String contentType, Runnable ended) {
        client.whenGone(ended);
        client.whenCut(why -> client.response().end());
        return client.open(contentType);
    }

    @Override
    public void cutOff() {
        client.cutOff();
    }

    @Override
    public boolean isGone() {
        return client.isGone();
    }
}
