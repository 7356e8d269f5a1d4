package dev.patchbay.internal.route;

import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Origin;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A provider that no file defines, made of the proxy settings of a launch (provider-files.md, section 4; sessions.md,
 * section 1).
 */
public final class AdHocProvider {

    private static final String DIALECT = Dialects.DEFAULT.id();

    private AdHocProvider() {}

    /**
     * The settings that are missing, by the names of the user's document; empty if there are none.
     *
     * @throws ConfigurationException if the base URL cannot be used
     */
    public static List<String> missingSettings(RouteOverrides overrides) {
        List<String> missing = new ArrayList<>();
        if (overrides.baseUrl().isEmpty()) {
            missing.add("proxyBaseUrl");
        }
        boolean local = overrides
                .baseUrl()
                .map(BaseUrls::parse)
                .flatMap(Origin::of)
                .filter(Origin::isLocal)
                .isPresent();
        if (overrides.apiKey().isEmpty() && !local) {
            missing.add("proxyApiKey");
        }
        if (overrides.modelOverride().isEmpty() && overrides.model().isEmpty()) {
            missing.add("proxyModelOverride");
        }
        return List.copyOf(missing);
    }

    /**
     * The provider, of the default dialect, its key sent as is the default at that address.
     *
     * @param id the name that the launch gave
     * @throws ConfigurationException if a setting is missing or the base URL cannot be used
     */
    public static Definition define(String id, RouteOverrides overrides) {
        List<String> missing = missingSettings(overrides);
        if (!missing.isEmpty()) {
            throw RouteProblems.missingSettings(id, missing);
        }
        URI baseUrl = BaseUrls.parse(overrides.baseUrl().orElseThrow());
        Auth auth = overrides
                .apiKey()
                .map(key -> DefaultAuth.of(DIALECT, baseUrl).withKey(key))
                .orElse(Auth.NONE);
        return Definition.builder(id)
                .dialect(DIALECT)
                .baseUrl(baseUrl)
                .auth(auth)
                .build();
    }
}
