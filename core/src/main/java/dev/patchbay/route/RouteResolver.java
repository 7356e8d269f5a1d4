package dev.patchbay.route;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
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
            Endpoints endpoints = Endpoints.of(definition).orElse(null);
            return overrides
                    .modelOverride()
                    .map(wire -> overridden(definition, endpoints, overrides, wire))
                    .orElseGet(() -> named(definition, endpoints, requestedModel(definition, overrides)));
        } catch (IllegalArgumentException e) {
            throw RouteProblems.badEndpoint(definition, e);
        }
    }

    private static Route overridden(
            Definition definition, @Nullable Endpoints endpoints, RouteOverrides overrides, String wire) {
        Model model = definition.models().values().stream()
                .filter(listed ->
                        listed.id().equals(wire) || listed.upstreamId().equals(wire))
                .findFirst()
                .orElse(null);
        requireListed(definition, model, wire);
        return new Route(definition, endpoints, overrides.model().orElse(wire), wire, model);
    }

    private static Route named(Definition definition, @Nullable Endpoints endpoints, String requested) {
        String id = definition.aliases().getOrDefault(requested, requested);
        Model model = definition.models().get(id);
        requireListed(definition, model, id);
        return new Route(definition, endpoints, requested, model == null ? id : model.upstreamId(), model);
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

    private static void refuseInsecure(Definition definition, Optional<Target> target) {
        Origin origin = target.map(Target::origin)
                .or(() -> definition.baseUrl().flatMap(Origin::of))
                .orElse(null);
        if (origin == null || origin.scheme().equals("https") || definition.insecureHttpAllowed()) {
            return;
        }
        Optional<ProxyServer> elsewhere = definition.http().proxy().server().filter(proxy -> !proxy.isLocal());
        if (origin.isLocal() && elsewhere.isEmpty()) {
            return;
        }
        boolean ownKey = target.map(Target::auth).flatMap(Auth::key).isPresent();
        boolean atBase = target.map(Target::atBase).orElse(true);
        if (ownKey || (atBase && OriginRule.hasCredential(definition))) {
            throw elsewhere
                    .map(proxy -> RouteProblems.insecure(definition, proxy))
                    .orElseGet(() -> RouteProblems.insecure(definition, origin));
        }
    }
}
