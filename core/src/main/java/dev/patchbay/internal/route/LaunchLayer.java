package dev.patchbay.internal.route;

import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.SecretValue;
import java.net.URI;
import java.util.Optional;

/** Lays the proxy settings of a launch over a definition (provider-files.md, sections 1 and 4). */
final class LaunchLayer {

    private LaunchLayer() {}

    /** @throws dev.patchbay.diagnostic.ConfigurationException if the base URL cannot be used, or its origin has no key of its own */
    static Definition over(Definition definition, RouteOverrides overrides) {
        Definition moved = overrides
                .baseUrl()
                .map(text -> moved(definition, BaseUrls.parse(text), overrides))
                .orElse(definition);
        return overrides.apiKey().map(key -> withKey(moved, key)).orElse(moved);
    }

    private static Definition moved(Definition definition, URI baseUrl, RouteOverrides overrides) {
        Optional<URI> before = definition.baseUrl();
        boolean elsewhere = before.isPresent() && !OriginRule.permits(before.get(), baseUrl);
        if (elsewhere && overrides.apiKey().isEmpty() && OriginRule.hasCredential(definition)) {
            throw RouteProblems.credentialDropped(definition, BaseUrl.origin(before.get()), BaseUrl.origin(baseUrl));
        }
        return OriginRule.move(definition, baseUrl);
    }

    private static Definition withKey(Definition definition, SecretValue key) {
        Auth way = definition
                .auth()
                .filter(auth -> !auth.isNone())
                .orElseGet(() -> DefaultAuth.of(
                        definition.dialect(), definition.baseUrl().orElse(null)));
        return definition.toBuilder().auth(way.withKey(key)).build();
    }
}
