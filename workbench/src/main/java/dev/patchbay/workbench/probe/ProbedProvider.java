package dev.patchbay.workbench.probe;

import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.provider.Definition;
import java.time.Duration;

/** A provider as it is tested: routed by the rule of launches, but without retries, and not patient for ever. */
final class ProbedProvider {

    private final Route launched;
    private final Duration limit;

    /** @param limit for one call */
    ProbedProvider(Route launched, Duration limit) {
        this.launched = launched;
        this.limit = limit;
    }

    /** The definition that the file has, with the limits of a test. */
    Definition definition() {
        return launched.definition().toBuilder()
                .http(launched.http().onceWithin(limit))
                .build();
    }

    /** The route that a launch would take with a definition. */
    Route route(Definition definition) {
        Route named = RouteResolver.resolve(definition, RouteOverrides.model(launched.requestedModel()));
        if (named.upstreamModel().equals(launched.upstreamModel())) {
            return named;
        }
        return RouteResolver.resolve(
                definition,
                RouteOverrides.builder()
                        .model(launched.requestedModel())
                        .modelOverride(launched.upstreamModel())
                        .build());
    }

    Route launched() {
        return launched;
    }
}
