package dev.patchbay.internal.route;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Origin;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a provider and what a launch says about it into a {@link Route}; the only place that does, so that launch,
 * gateway, {@code test} and {@code show --request} agree. Stateless.
 */
public final class RouteResolver {

    private RouteResolver() {}

    /**
     * The route of one launch. Nothing is sent and no secret is looked up.
     *
     * @throws ConfigurationException if no model is named, or one that is denied, a URL cannot be used, or the key must not go there
     */
    public static Route resolve(Definition definition, RouteOverrides overrides) {
        requireNonNull(overrides, "overrides is null");
        Definition effective = LaunchLayer.over(requireNonNull(definition, "definition is null"), overrides);
        Route route = routed(effective, overrides);
        refuseInsecure(effective, route.operation().flatMap(route::target));
        return route;
    }

    private static Route routed(Definition definition, RouteOverrides overrides) {
        try {
            return overrides
                    .modelOverride()
                    .map(wire -> overridden(definition, overrides, wire))
                    .orElseGet(() -> named(definition, requestedModel(definition, overrides)));
        } catch (IllegalArgumentException e) {
            throw RouteProblems.badEndpoint(definition, e);
        }
    }

    private static Route overridden(Definition definition, RouteOverrides overrides, String wire) {
        Model model = definition.models().values().stream()
                .filter(listed ->
                        listed.id().equals(wire) || listed.upstreamId().equals(wire))
                .findFirst()
                .orElse(null);
        requireListed(definition, model, wire);
        return route(definition, overrides.model().orElse(wire), wire, model);
    }

    private static Route named(Definition definition, String requested) {
        String id = definition.aliases().getOrDefault(requested, requested);
        Model model = definition.models().get(id);
        requireListed(definition, model, id);
        return route(definition, requested, model == null ? id : model.upstreamId(), model);
    }

    private static Route route(Definition definition, String requested, String wire, @Nullable Model model) {
        Definition spoken = spoken(definition, model);
        return new Route(spoken, Endpoints.of(spoken).orElse(null), requested, wire, model);
    }

    /** The provider as it is for a model that speaks another dialect: paths, headers and the way to authenticate go with it. */
    private static Definition spoken(Definition definition, @Nullable Model model) {
        String dialect = Optional.ofNullable(model).flatMap(Model::dialect).orElse(definition.dialect());
        if (dialect.equals(definition.dialect())) {
            return definition;
        }
        URI url = definition.baseUrl().orElse(null);
        Definition.Builder spoken = definition.toBuilder().dialect(dialect);
        definition
                .auth()
                .map(auth -> DefaultAuth.carriedOver(
                        auth, DefaultAuth.of(definition.dialect(), url), DefaultAuth.of(dialect, url)))
                .ifPresent(spoken::auth);
        return spoken.build();
    }

    private static void requireListed(Definition definition, @Nullable Model model, String name) {
        if (model == null && definition.unknownModelsDenied()) {
            throw RouteProblems.unknownModel(definition, name);
        }
    }

    private static String requestedModel(Definition definition, RouteOverrides overrides) {
        return overrides
                .model()
                .or(definition::defaultModel)
                .or(() -> definition.models().keySet().stream().findFirst())
                .orElseThrow(() -> RouteProblems.noModel(definition));
    }

    private static void refuseInsecure(Definition definition, Optional<OperationTarget> target) {
        Origin origin = target.map(OperationTarget::origin)
                .or(() -> definition.baseUrl().flatMap(Origin::of))
                .orElse(null);
        if (origin == null) {
            return;
        }
        boolean ownKey = target.map(OperationTarget::auth).flatMap(Auth::key).isPresent();
        boolean atBase = target.map(OperationTarget::atBase).orElse(true);
        InsecureHttp.reader(definition, origin)
                .filter(any -> ownKey || (atBase && OriginRule.hasCredential(definition)))
                .ifPresent(reader -> {
                    throw RouteProblems.insecure(definition, reader);
                });
    }
}
