package dev.patchbay.internal.http;

import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.HttpTransport;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.util.function.Function;

/** The transport of one route: adds what the provider's file says to every request, and its keys where they belong. */
final class RouteTransport implements HttpTransport {

    /** The status for which a secret is looked up anew, once. */
    static final int UNAUTHORIZED = 401;

    private final HttpClients clients;
    private final Route route;
    private final RequestPreparation outgoing;
    private final UsedSecrets log;

    /** @param log where the secrets of every request are noted */
    RouteTransport(HttpClients clients, Route route, RequestPreparation outgoing, UsedSecrets log) {
        this.clients = clients;
        this.route = route;
        this.outgoing = outgoing;
        this.log = log;
    }

    /** As a plugin calls it: the credential goes along where the URL has the origin of the base URL. */
    @Override
    public HttpReply send(HttpCall call) {
        OperationTarget target = route.target(call.uri()).orElseThrow(RouteTransport::noHost);
        SentSecrets secrets = secrets();
        PendingCall opened = open(call, target, secrets);
        HttpReply reply = opened.reply();
        if (reply.status() != UNAUTHORIZED || !secrets.renew()) {
            return reply;
        }
        opened.cancel();
        return open(call, target, secrets).reply();
    }

    /** Finds the secrets of one request. */
    SentSecrets secrets() {
        return new SentSecrets(log);
    }

    /**
     * Makes a call ready to be sent to a target; its own URL does not count.
     *
     * @param secrets finds what a secret is
     * @throws ProviderException if a secret is not there or a header cannot be sent; nothing was sent then
     */
    PendingCall open(HttpCall call, OperationTarget target, SentSecrets secrets) {
        OutgoingRequest request = prepare(call, target, secrets);
        ProxyServer proxy =
                clients.proxies().find(route.http(), target.origin()).orElse(null);
        if (proxy != null) {
            request.goThroughProxy(ProxyAuthorization.of(proxy, secret -> log.addLogin(secrets.apply(secret))));
        }
        return new PendingCall(clients, request, route.http(), target.origin(), proxy);
    }

    /**
     * The request as it goes onto the wire.
     *
     * @param lookup finds what a secret is
     */
    OutgoingRequest prepare(HttpCall call, OperationTarget target, Function<SecretValue, Secret> lookup) {
        return outgoing.prepare(route, target, call, lookup);
    }

    private static ProviderException noHost() {
        return new ProviderException(
                ProviderException.Kind.INVALID_REQUEST, "the URL of a request is not http or https, or has no host");
    }
}
