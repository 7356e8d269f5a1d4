package dev.patchbay.http;

import static java.util.Objects.requireNonNull;

import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.Value;
import dev.patchbay.route.CredentialHeader;
import dev.patchbay.route.DefaultHeaders;
import dev.patchbay.route.Query;
import dev.patchbay.route.Route;
import dev.patchbay.route.Target;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes calls ready to be sent: adds what the provider's file says, and its keys where they belong. The one place that does,
 * whatever client sends the call then. Safe for use by several threads.
 */
public final class OutgoingCalls {

    /** Where a look-up is a matter of memory. */
    private static final Set<String> AT_HAND = Set.of("env", "given", "literal");

    private final Credentials credentials;

    /** @param authenticators finds a plugin's authenticator by its type */
    public OutgoingCalls(Function<String, Optional<Authenticator>> authenticators) {
        this.credentials = new Credentials(requireNonNull(authenticators, "authenticators is null"));
    }

    /**
     * The call as it goes onto the wire, every key looked up.
     *
     * @param target where it goes; the URL of the call does not count
     * @throws dev.patchbay.spi.ProviderException if a secret is not there or a header cannot be sent
     */
    public ReadyCall complete(Route route, Target target, HttpCall call) {
        return ReadyCall.fixed(lookup -> prepare(route, target, call, lookup).call());
    }

    /**
     * The same, for secrets that may be had anew if the provider refuses them: those for which {@link #mayWait} is true.
     *
     * @throws dev.patchbay.spi.ProviderException if a secret is not there or a header cannot be sent
     */
    public ReadyCall renewable(Route route, Target target, HttpCall call) {
        return ReadyCall.renewable(
                lookup -> prepare(route, target, call, lookup).call());
    }

    /** Whether {@link #complete} may have to wait, for a file, a command or a plugin. */
    public static boolean mayWait(Route route, Target target) {
        Auth auth = target.auth();
        if (!auth.isNone() && CredentialHeader.of(auth).isEmpty()) {
            return true;
        }
        Stream<SecretValue> hidden = Stream.of(
                        route.definition().headers(), route.definition().query())
                .flatMap(values -> values.values().stream())
                .filter(Value.Hidden.class::isInstance)
                .map(value -> ((Value.Hidden) value).secret());
        return Stream.concat(auth.key().stream(), hidden).anyMatch(OutgoingCalls::mayWait);
    }

    /** Whether the look-up of one secret may have to wait, for a file or a command. */
    public static boolean mayWait(SecretValue secret) {
        return !AT_HAND.contains(secret.reference().source());
    }

    /**
     * The request as it goes onto the wire.
     *
     * @param lookup finds what a secret is
     */
    Outgoing prepare(Route route, Target target, HttpCall call, Function<SecretValue, Secret> lookup) {
        Definition definition = route.definition();
        Outgoing request = new Outgoing(call, withQuery(definition, target, lookup));
        request.setHeaderIfAbsent("user-agent", DefaultHeaders.userAgent());
        for (Map.Entry<String, Value> header : definition.headers().entrySet()) {
            text(header.getValue(), target, lookup).ifPresent(text -> request.setHeader(header.getKey(), text));
        }
        credentials.add(target.auth(), request, lookup);
        return request;
    }

    private static URI withQuery(Definition definition, Target target, Function<SecretValue, Secret> lookup) {
        Query query = Query.of(target.url());
        for (Map.Entry<String, Value> member : definition.query().entrySet()) {
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
}
