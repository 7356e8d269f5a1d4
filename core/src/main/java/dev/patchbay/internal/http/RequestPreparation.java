package dev.patchbay.internal.http;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.route.CredentialHeader;
import dev.patchbay.internal.route.DefaultHeaders;
import dev.patchbay.internal.route.InsecureHttp;
import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.internal.route.OriginRule;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.UrlQuery;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.Value;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes calls ready to be sent: adds what the provider's file says, and its keys where they belong. The one place that does,
 * whatever client sends the call then. Safe for use by several threads.
 */
public final class RequestPreparation {

    /** Where a look-up is a matter of memory. */
    private static final Set<String> AT_HAND = Set.of("env", "given", "literal");

    private final RequestCredentials credentials;
    private final Proxies proxies;
    private final KnownSecretForms forms = new KnownSecretForms();

    /** @param authenticators finds a plugin's authenticator by its type */
    public RequestPreparation(Function<String, Optional<Authenticator>> authenticators) {
        this(
                authenticators,
                settings -> {
                    throw new UnsupportedOperationException("nothing is lent here");
                },
                Proxies.ofJvm());
    }

    /**
     * @param lent makes what an authenticator is lent, by the settings of its provider
     * @param proxies those that requests go through
     */
    RequestPreparation(
            Function<String, Optional<Authenticator>> authenticators,
            Function<HttpSettings, ProviderContext> lent,
            Proxies proxies) {
        this.proxies = proxies;
        this.credentials = new RequestCredentials(requireNonNull(authenticators, "authenticators is null"), lent);
    }

    /**
     * The call as it goes onto the wire, every key looked up.
     *
     * @param target where it goes; the URL of the call does not count
     * @throws dev.patchbay.spi.ProviderException if a secret is not there or a header cannot be sent
     */
    public PreparedCall complete(Route route, OperationTarget target, HttpCall call) {
        return PreparedCall.fixed(
                forms, lookup -> prepare(route, target, call, lookup).call());
    }

    /**
     * The same, for secrets that may be had anew if the provider refuses them: those for which {@link #mayWait} is true.
     *
     * @throws dev.patchbay.spi.ProviderException if a secret is not there or a header cannot be sent
     */
    public PreparedCall renewable(Route route, OperationTarget target, HttpCall call) {
        return PreparedCall.renewable(
                lookup -> prepare(route, target, call, lookup).call());
    }

    /**
     * A call with the headers of its operation, over which those of the provider's file are laid when it is completed.
     *
     * @param stream whether an event stream is asked for
     * @param own headers that go before those of the operation, names in lower case
     */
    public static HttpCall begin(
            HttpCall bare, Route route, Operation operation, boolean stream, Map<String, String> own) {
        Map<String, String> headers = route.defaultHeaders(operation, stream);
        headers.putAll(own);
        HttpCall call = bare;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            call = call.header(header.getKey(), header.getValue());
        }
        return call;
    }

    /** Whether {@link #complete} may have to wait, for a file, a command or a plugin. */
    public static boolean mayWait(Route route, OperationTarget target) {
        Auth auth = target.auth();
        if (!auth.isNone() && CredentialHeader.of(auth).isEmpty()) {
            return true;
        }
        return (auth.key().isPresent() && mayWait(auth.key().get()))
                || mayWait(route.definition().headers())
                || mayWait(route.definition().query());
    }

    /** Asked for each request: a loop costs less than a stream. */
    private static boolean mayWait(Map<String, Value> values) {
        for (Value value : values.values()) {
            if (value instanceof Value.Hidden hidden && mayWait(hidden.secret())) {
                return true;
            }
        }
        return false;
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
    OutgoingRequest prepare(Route route, OperationTarget target, HttpCall call, Function<SecretValue, Secret> lookup) {
        Definition definition = route.definition();
        refuseReaders(definition, target);
        OutgoingRequest request = new OutgoingRequest(call, withSecretQuery(definition, target, lookup));
        request.setHeaderIfAbsent("user-agent", DefaultHeaders.userAgent());
        for (Map.Entry<String, Value> header : definition.headers().entrySet()) {
            text(header.getValue(), target, lookup).ifPresent(text -> request.setHeader(header.getKey(), text));
        }
        // Those of the body are in it already; what was sent is remembered, so that no answer repeats it.
        for (SecretValue secret : route.bodySecrets()) {
            Secret unused = lookup.apply(secret);
        }
        Options options = target.atBase() ? definition.options() : definition.openOptions();
        credentials.add(target.auth(), options, definition.http(), request, lookup);
        return request;
    }

    /** A route knows no proxy but that of its definition, and where a plugin calls the target is not the route's. */
    private void refuseReaders(Definition definition, OperationTarget target) {
        InsecureHttp.reader(definition, target.origin(), () -> proxies.find(definition.http(), target.origin()))
                .filter(any -> !target.auth().isNone() || (target.atBase() && OriginRule.hasCredential(definition)))
                .ifPresent(reader -> {
                    throw ProviderException.builder(
                                    ProviderException.Kind.AUTH,
                                    "the key of provider '" + definition.id() + "' would go unencrypted " + reader
                                            + ", which is neither this machine nor in a private network; nothing was sent")
                            .help(
                                    "use https, name the host in NO_PROXY where a proxy of the environment is the matter, or"
                                            + " write allowInsecureHttp: true into the provider's file")
                            .build();
                });
    }

    /** What may be printed of the query is in the URL of the target already. */
    private static URI withSecretQuery(
            Definition definition, OperationTarget target, Function<SecretValue, Secret> lookup) {
        UrlQuery query = UrlQuery.of(target.url());
        for (Map.Entry<String, Value> member : definition.query().entrySet()) {
            boolean wanted = target.atBase() && !query.has(member.getKey());
            if (wanted && member.getValue() instanceof Value.Hidden hidden) {
                query = query.and(member.getKey(), lookup.apply(hidden.secret()).reveal());
            }
        }
        return query.in(target.url());
    }

    /** Empty for what is not to be sent: an empty value, or a secret at another origin than the base URL's. */
    private static Optional<String> text(Value value, OperationTarget target, Function<SecretValue, Secret> lookup) {
        if (value instanceof Value.Plain plain) {
            return Optional.of(plain.text()).filter(text -> !text.isEmpty());
        }
        SecretValue secret = ((Value.Hidden) value).secret();
        return target.atBase() ? Optional.of(lookup.apply(secret).reveal()) : Optional.empty();
    }
}
