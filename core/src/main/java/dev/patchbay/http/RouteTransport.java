package dev.patchbay.http;

import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.Value;
import dev.patchbay.route.DefaultHeaders;
import dev.patchbay.route.Query;
import dev.patchbay.route.Route;
import dev.patchbay.route.Target;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.HttpTransport;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The transport of one route: adds what the provider's file says to every request, and its keys where they belong. */
final class RouteTransport implements HttpTransport {

    private final HttpClients clients;
    private final Route route;
    private final Credentials credentials;

    RouteTransport(HttpClients clients, Route route, Credentials credentials) {
        this.clients = clients;
        this.route = route;
        this.credentials = credentials;
    }

    /** As a plugin calls it: the credential goes along where the URL has the origin of the base URL. */
    @Override
    public HttpReply send(HttpCall call) {
        Origin origin = Origin.of(call.uri()).orElseThrow(RouteTransport::noHost);
        boolean atBase = route.origin().equals(Optional.of(origin));
        Auth auth = atBase ? route.definition().auth().orElse(Auth.NONE) : Auth.NONE;
        return open(call, new Target(call.uri(), origin, auth, atBase)).reply();
    }

    /**
     * Makes a call ready to be sent to a target; its own URL does not count.
     *
     * @throws ProviderException if a secret is not there or a header cannot be sent; nothing was sent then
     */
    OpenCall open(HttpCall call, Target target) {
        Outgoing request = prepare(call, target, SecretValue::resolve);
        return new OpenCall(clients, request.toRequest(), route.http(), target.origin());
    }

    /**
     * The request as it goes onto the wire.
     *
     * @param lookup finds what a secret is
     */
    Outgoing prepare(HttpCall call, Target target, Function<SecretValue, Secret> lookup) {
        Outgoing request = new Outgoing(call, withQuery(target, lookup));
        request.setHeaderIfAbsent("user-agent", DefaultHeaders.userAgent());
        for (Map.Entry<String, Value> header : route.definition().headers().entrySet()) {
            text(header.getValue(), target, lookup).ifPresent(text -> request.setHeader(header.getKey(), text));
        }
        credentials.add(target.auth(), request, lookup);
        return request;
    }

    private URI withQuery(Target target, Function<SecretValue, Secret> lookup) {
        Query query = Query.of(target.url());
        for (Map.Entry<String, Value> member : route.definition().query().entrySet()) {
            if (target.atBase() && !query.has(member.getKey())) {
                Optional<String> text = text(member.getValue(), target, lookup);
                query = text.isPresent() ? query.and(member.getKey(), text.get()) : query;
            }
        }
        return query.in(target.url());
    }

    /** Empty for what is not to be sent: an empty value, or a secret at another origin than the base URL's. */
    private static Optional<String> text(Value value, Target target, Function<SecretValue, Secret> lookup) {
        if (value instanceof Value.Plain plain) {
            return Optional.of(plain.text()).filter(text -> !text.isEmpty());
        }
        SecretValue secret = ((Value.Hidden) value).secret();
        return target.atBase() ? Optional.of(lookup.apply(secret).reveal()) : Optional.empty();
    }

    private static ProviderException noHost() {
        return new ProviderException(
                ProviderException.Kind.INVALID_REQUEST, "the URL of a request is not http or https, or has no host");
    }
}
