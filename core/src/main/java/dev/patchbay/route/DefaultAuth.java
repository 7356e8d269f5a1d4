package dev.patchbay.route;

import dev.patchbay.provider.Auth;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a provider authenticates where no file says so (dialects.md, U2 to U4). */
public final class DefaultAuth {

    private static final Auth BEARER = new Auth("bearer", Optional.empty(), Optional.empty(), Optional.empty());

    private DefaultAuth() {}

    /**
     * {@code x-api-key} for Anthropic's dialect, {@code api-key} where the base URL shows an Azure layout, else bearer.
     *
     * @param baseUrl null for a provider without one
     * @return the way, without a key
     */
    public static Auth of(String dialect, @Nullable URI baseUrl) {
        if (dialect.equals(BuiltInDialect.ANTHROPIC_MESSAGES.id())) {
            return header("x-api-key");
        }
        return isAzure(baseUrl) ? header("api-key") : BEARER;
    }

    private static boolean isAzure(@Nullable URI baseUrl) {
        if (baseUrl == null || baseUrl.getHost() == null) {
            return false;
        }
        return BaseUrl.of(baseUrl).azure() != AzureLayout.NONE;
    }

    private static Auth header(String name) {
        return new Auth("header", Optional.empty(), Optional.of(name), Optional.empty());
    }
}
