package dev.patchbay.http;

import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.Value;
import dev.patchbay.route.DefaultHeaders;
import dev.patchbay.route.Query;
import dev.patchbay.route.Route;
import dev.patchbay.route.Target;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.HttpTransport;
import dev.patchbay.spi.ProviderException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

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
        Outgoing request = new Outgoing(call, withQuery(target));
        request.setHeaderIfAbsent("user-agent", DefaultHeaders.userAgent());
        route.definition()
                .headers()
                .forEach((name, value) -> text(value, target).ifPresent(text -> request.setHeader(name, text)));
        credentials.add(target.auth(), request);
        return new OpenCall(clients, request.toRequest(), route.http(), target.origin());
    }

    private URI withQuery(Target target) {
        Definition definition = route.definition();
        Query query = Query.of(target.url());
        for (Map.Entry<String, Value> member : definition.query().entrySet()) {
            Optional<String> text = text(member.getValue(), target);
            if (target.atBase() && text.isPresent() && !query.has(member.getKey())) {
                query = query.and(member.getKey(), text.get());
            }
        }
        return query.in(target.url());
    }

    /** Empty for what is not to be sent: an empty value, or a secret at another origin than the base URL's. */
    private static Optional<String> text(Value value, Target target) {
        if (value instanceof Value.Plain plain) {
            return Optional.of(plain.text()).filter(text -> !text.isEmpty());
        }
        return target.atBase()
                ? Optional.of(((Value.Hidden) value).secret().resolve().reveal())
                : Optional.empty();
    }

    private static ProviderException noHost() {
        return new ProviderException(
                ProviderException.Kind.INVALID_REQUEST, "the URL of a request is not http or https, or has no host");
    }
}
