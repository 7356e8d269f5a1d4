package dev.patchbay.internal.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.BodyRules;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.Timeout;
import dev.patchbay.provider.Value;
import dev.patchbay.spi.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one upstream call needs. Made by {@link RouteResolver}; immutable; holds no secret, only references.
 */
public final class Route {

    private static final Timeout LOCAL_FIRST_BYTE = Timeout.of(Duration.ofMinutes(30));
    private static final Timeout FIRST_BYTE = Timeout.of(Duration.ofMinutes(5));

    private final Definition definition;
    private final @Nullable Endpoints endpoints;
    private final @Nullable Origin origin;
    private final String requestedModel;
    private final String upstreamModel;
    private final @Nullable Model model;
    private final @Nullable OperationTarget target;
    private final Map<String, String> carried;
    private final Optional<WireDialect> wire;
    private final Optional<Operation> operation;
    private final HttpSettings http;
    private final List<SecretValue> bodySecrets;

    /** Worked out when it is asked for first: most routes serve many requests. */
    private volatile @Nullable Quirks quirks;

    /** Where a conversation is whose answer comes whole, likewise. */
    private volatile @Nullable OperationTarget whole;

    /** @throws IllegalArgumentException if no URL can be made for the operation of a conversation */
    Route(
            Definition definition,
            @Nullable Endpoints endpoints,
            String requestedModel,
            String upstreamModel,
            @Nullable Model model) {
        this(definition, endpoints, requestedModel, upstreamModel, model, Map.of());
    }

    private Route(
            Definition definition,
            @Nullable Endpoints endpoints,
            String requestedModel,
            String upstreamModel,
            @Nullable Model model,
            Map<String, String> carried) {
        this.definition = definition;
        this.endpoints = endpoints;
        this.origin = endpoints == null ? null : endpoints.origin();
        this.requestedModel = requestedModel;
        this.upstreamModel = upstreamModel;
        this.model = model;
        this.carried = carried;
        this.wire = Dialects.find(definition.dialect());
        this.operation = wire.map(WireDialect::operation).flatMap(Operation::of);
        this.http = http(definition, model, origin);
        this.target = endpoints == null
                ? null
                : operation
                        .flatMap(spoken -> endpoints.target(spoken, upstreamModel, true))
                        .orElse(null);
        this.bodySecrets = bodyRules().flatMap(BodyRules::secrets).toList();
    }

    /** The id of the provider. */
    public String provider() {
        return definition.id();
    }

    /** The provider with the launch's own settings applied. */
    public Definition definition() {
        return definition;
    }

    public String dialect() {
        return definition.dialect();
    }

    /** The model as it was asked for, alias or id; the provider's default where none was. */
    public String requestedModel() {
        return requestedModel;
    }

    /** The model as it goes on the wire, byte for byte. */
    public String upstreamModel() {
        return upstreamModel;
    }

    /** What the provider's file says about the model; empty if it does not list it. */
    public Optional<Model> model() {
        return Optional.ofNullable(model);
    }

    /** The origin of the base URL: the only one that the provider's credential goes to; empty without a base URL. */
    public Optional<Origin> origin() {
        return Optional.ofNullable(origin);
    }

    /** Where an operation is whose answer is streamed, if it can be; otherwise as the other does. */
    public Optional<OperationTarget> target(Operation operation) {
        return target(operation, true);
    }

    /**
     * Where an operation is, and how to authenticate there; empty if the provider does not offer it.
     *
     * @param stream whether the answer is to be streamed
     */
    public Optional<OperationTarget> target(Operation asked, boolean stream) {
        if (target == null || !isSpoken(asked)) {
            return find(asked, stream);
        }
        return stream ? Optional.of(target) : whole(asked);
    }

    private boolean isSpoken(Operation asked) {
        return operation.isPresent() && operation.get() == asked;
    }

    private Optional<OperationTarget> whole(Operation asked) {
        OperationTarget known = whole;
        if (known != null) {
            return Optional.of(known);
        }
        Optional<OperationTarget> found = find(asked, false);
        found.ifPresent(place -> whole = place);
        return found;
    }

    private Optional<OperationTarget> find(Operation asked, boolean stream) {
        return Optional.ofNullable(endpoints).flatMap(all -> all.target(asked, upstreamModel, stream));
    }

    /**
     * Where a URL is that a plugin's dialect calls: the provider's credential and the query of its file go along where it has
     * the origin of the base URL.
     *
     * @return empty if it is not {@code http} or {@code https}, or has no host
     */
    public Optional<OperationTarget> target(URI url) {
        return Origin.of(url).map(called -> {
            boolean atBase = called.equals(origin);
            return atBase
                    ? new OperationTarget(
                            UrlQuery.of(url).andAbsent(definition.query()).in(url),
                            called,
                            definition.auth().orElse(Auth.NONE),
                            true)
                    : new OperationTarget(url, called, Auth.NONE, false);
        });
    }

    /**
     * Headers of a request for an operation where the provider's file says nothing else, names in lower case.
     *
     * @param stream whether an event stream is asked for
     */
    public Map<String, String> defaultHeaders(Operation asked, boolean stream) {
        Map<String, String> headers = DefaultHeaders.of(definition, asked, stream);
        headers.putAll(carried);
        return headers;
    }

    /** The same with headers of one request, over which those of the provider's file are laid; names in lower case. */
    public Route carrying(Map<String, String> headers) {
        return headers.isEmpty()
                ? this
                : new Route(definition, endpoints, requestedModel, upstreamModel, model, Map.copyOf(headers));
    }

    /**
     * Changes a request by the body rules of the provider, then by those of the model.
     *
     * @throws dev.patchbay.spi.ProviderException if a variable is not set any more that they refer to
     */
    public void applyBodyRules(ObjectNode body) {
        applyBodyRules(body, SecretValue::resolve);
    }

    /**
     * The same.
     *
     * @param lookup finds what a secret is
     */
    public void applyBodyRules(ObjectNode body, Function<SecretValue, Secret> lookup) {
        bodyRules().forEach(rules -> BodyRewriter.apply(rules, body, lookup));
    }

    /** The secrets that body rules put into a request. */
    public List<SecretValue> bodySecrets() {
        return bodySecrets;
    }

    /** What is secret goes to the origin of the base URL alone. */
    private Stream<BodyRules> bodyRules() {
        Stream<BodyRules> all = Stream.concat(
                Stream.of(definition.body()), Stream.ofNullable(model).map(Model::body));
        return target == null || target.atBase() ? all : all.map(BodyRules::withoutSecrets);
    }

    /**
     * How this model at this provider differs: the model's quirks over the provider's.
     *
     * @throws dev.patchbay.diagnostic.ConfigurationException if one has a value that it cannot have
     */
    public Quirks quirks() {
        Quirks known = quirks;
        if (known == null) {
            try {
                known = Quirks.of(ModelQuirks.of(definition, model));
            } catch (IllegalArgumentException e) {
                throw RouteProblems.badQuirk(definition, e);
            }
            quirks = known;
        }
        return known;
    }

    /**
     * Time-outs and retries; {@code firstByte} is always there: the model's, else the provider's, else 30 min where the host is
     * local and 5 min where it is not.
     */
    public HttpSettings http() {
        return http;
    }

    private static HttpSettings http(Definition definition, @Nullable Model model, @Nullable Origin origin) {
        HttpSettings settings = definition.http();
        Optional<Timeout> ofModel = Optional.ofNullable(model).flatMap(Model::firstByteTimeout);
        if (ofModel.isPresent() || settings.firstByte().isPresent()) {
            return ofModel.map(settings::withFirstByte).orElse(settings);
        }
        Timeout firstByte = origin != null && origin.isLocal() ? LOCAL_FIRST_BYTE : FIRST_BYTE;
        return settings.withFirstByte(firstByte);
    }

    /** What the upstream speaks; empty for a dialect that a plugin brings. */
    public Optional<WireDialect> wire() {
        return wire;
    }

    /** The operation that a conversation uses; empty for a dialect that a plugin brings. */
    public Optional<Operation> operation() {
        return operation;
    }

    /** Every secret that a conversation needs, so that a launch can check them before anything is sent. */
    public List<SecretValue> secrets() {
        return Stream.concat(ofProvider(), ofProxy().stream()).toList();
    }

    /** Whether the provider is asked with a key, in whatever place its definition puts it. */
    public boolean sendsKey() {
        return ofProvider().findAny().isPresent();
    }

    private Stream<SecretValue> ofProvider() {
        Optional<Auth> auth = target == null ? definition.auth() : Optional.of(target.auth());
        Stream<SecretValue> key = auth.flatMap(Auth::key).stream();
        if (target != null && !target.atBase()) {
            return key;
        }
        Stream<SecretValue> hidden = Stream.of(definition.headers(), definition.query())
                .flatMap(values -> values.values().stream())
                .filter(Value.Hidden.class::isInstance)
                .map(value -> ((Value.Hidden) value).secret());
        return Stream.concat(Stream.concat(key, hidden), bodySecrets().stream());
    }

    private Optional<SecretValue> ofProxy() {
        return definition.http().proxy().server().flatMap(ProxyServer::credential);
    }

    /** What the user should know, one sentence each; empty for a route without surprises. */
    public List<String> warnings() {
        return endpoints == null ? List.of() : endpoints.warnings();
    }

    @Override
    public String toString() {
        return "Route[" + provider() + ", " + upstreamModel + ", " + dialect() + (origin == null ? "" : ", " + origin)
                + "]";
    }
}
