package dev.patchbay.route;

import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A provider that no file defines, made of the proxy settings of a launch (provider-files.md, section 4; sessions.md,
 * section 1).
 */
public final class AdHocProvider {

    private static final String DIALECT = WireDialect.OPENAI_CHAT.id();

    private AdHocProvider() {}

    /**
     * The settings that are missing, by the names of the user's document; empty if there are none.
     *
     * @throws RouteException if the base URL cannot be used
     */
    public static List<String> missingSettings(RouteOverrides overrides) {
        List<String> missing = new ArrayList<>();
        if (overrides.baseUrl().isEmpty()) {
            missing.add(SettingNames.BASE_URL);
        }
        boolean local = overrides
                .baseUrl()
                .map(BaseUrls::parse)
                .filter(url -> Origin.of(url).isLocal())
                .isPresent();
        if (overrides.apiKey().isEmpty() && !local) {
            missing.add(SettingNames.API_KEY);
        }
        if (overrides.modelOverride().isEmpty() && overrides.model().isEmpty()) {
            missing.add(SettingNames.MODEL_OVERRIDE);
        }
        return List.copyOf(missing);
    }

    /**
     * The provider, of the dialect {@code openai-chat}, its key sent as is usual at that address.
     *
     * @param id the name that the launch gave
     * @throws RouteException if a setting is missing or the base URL cannot be used
     */
    public static Definition define(String id, RouteOverrides overrides) {
        List<String> missing = missingSettings(overrides);
        if (!missing.isEmpty()) {
            throw new RouteException(
                    RouteException.Reason.MISSING_SETTING,
                    "no provider is named '" + id + "', and to use it as it is named here it needs "
                            + String.join(", ", missing),
                    "give " + String.join(", ", missing) + ", or define '" + id + "' in a provider file",
                    missing);
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
