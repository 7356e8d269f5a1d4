package dev.patchbay.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.Timeout;
import dev.patchbay.provider.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final @Nullable Target target;

    /** @throws IllegalArgumentException if no URL can be made for the operation of a conversation */
    Route(
            Definition definition,
            @Nullable Endpoints endpoints,
            String requestedModel,
            String upstreamModel,
            @Nullable Model model) {
        this.definition = definition;
        this.endpoints = endpoints;
        this.origin = endpoints == null ? null : endpoints.origin();
        this.requestedModel = requestedModel;
        this.upstreamModel = upstreamModel;
        this.model = model;
        this.target = endpoints == null
                ? null
                : operation()
                        .flatMap(operation -> endpoints.target(operation, upstreamModel))
                        .orElse(null);
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

    /** Where an operation is, and how to authenticate there; empty if the provider does not offer it. */
    public Optional<Target> target(Operation operation) {
        if (target != null && operation().equals(Optional.of(operation))) {
            return Optional.of(target);
        }
        return Optional.ofNullable(endpoints).flatMap(all -> all.target(operation, upstreamModel));
    }

    /**
     * Headers of a request for an operation, the credential apart: the file's over the defaults, names in lower case or
     * as the file has them.
     *
     * @param stream whether an event stream is asked for
     */
    public Map<String, Value> headers(Operation operation, boolean stream) {
        return DefaultHeaders.below(definition, operation, stream);
    }

    /** Changes a request by the body rules of the provider, then by those of the model. */
    public void applyBodyRules(ObjectNode body) {
        BodyRewriter.apply(definition.body(), body);
        if (model != null) {
            BodyRewriter.apply(model.body(), body);
        }
    }

    /**
     * How this model at this provider differs: the model's quirks over the provider's.
     *
     * @throws dev.patchbay.diagnostic.ConfigurationException if one has a value that it cannot have
     */
    public Quirks quirks() {
        try {
            return Quirks.of(ModelQuirks.of(definition, model));
        } catch (IllegalArgumentException e) {
            throw RouteProblems.badQuirk(definition, e);
        }
    }

    /** Time-outs and retries; {@code firstByte} is always there: 30 min where the host is local, else 5 min. */
    public HttpSettings http() {
        HttpSettings settings = definition.http();
        if (settings.firstByte().isPresent()) {
            return settings;
        }
        Timeout firstByte = origin != null && origin.isLocal() ? LOCAL_FIRST_BYTE : FIRST_BYTE;
        return settings.withFirstByte(firstByte);
    }

    /** The operation that a conversation uses; empty for a dialect that a plugin brings. */
    public Optional<Operation> operation() {
        return BuiltInDialect.of(dialect()).map(BuiltInDialect::operation);
    }

    /** Every secret that a conversation needs, so that a launch can check them before anything is sent. */
    public List<SecretValue> secrets() {
        Optional<Auth> auth = target == null ? definition.auth() : Optional.of(target.auth());
        Stream<SecretValue> key = Stream.concat(auth.flatMap(Auth::key).stream(), ofProxy().stream());
        if (target != null && !target.atBase()) {
            return key.toList();
        }
        Stream<SecretValue> hidden = Stream.of(definition.headers(), definition.query())
                .flatMap(values -> values.values().stream())
                .filter(Value.Hidden.class::isInstance)
                .map(value -> ((Value.Hidden) value).secret());
        return Stream.concat(key, hidden).toList();
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
