package dev.patchbay.probe;

import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.provider.Timeout;
import dev.patchbay.route.Route;
import dev.patchbay.route.RouteOverrides;
import dev.patchbay.route.RouteResolver;
import java.time.Duration;
import java.util.Optional;

/** A provider as it is tested: routed by the rule of launches, but without retries, and not patient for ever. */
final class Subject {

    private final Route launched;
    private final Duration limit;

    /** @param limit for one call */
    Subject(Route launched, Duration limit) {
        this.launched = launched;
        this.limit = limit;
    }

    /** The definition that the file has, with the limits of a test. */
    Definition definition() {
        HttpSettings http = launched.http();
        RetryPolicy once = new RetryPolicy(
                0,
                http.retries().statuses(),
                http.retries().network(),
                http.retries().initialBackoff(),
                http.retries().maxBackoff(),
                http.retries().maxWait());
        return launched.definition().toBuilder()
                .http(new HttpSettings(
                        http.connect(),
                        Optional.of(atMost(http.firstByte().orElse(Timeout.OFF))),
                        atMost(http.idle()),
                        atMost(http.total()),
                        once,
                        http.proxy(),
                        http.tls()))
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

    private Timeout atMost(Timeout configured) {
        return configured.limit().filter(time -> time.compareTo(limit) < 0).isPresent()
                ? configured
                : Timeout.of(limit);
    }
}
