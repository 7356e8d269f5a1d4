package dev.patchbay.internal.route;

import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.provider.Auth;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a provider authenticates where no file says so (dialects.md, U2 to U4). */
public final class DefaultAuth {

    private static final Auth BEARER = new Auth("bearer", Optional.empty(), Optional.empty(), Optional.empty());

    private DefaultAuth() {}

    /**
     * The dialect's own header, {@code api-key} where the base URL shows an Azure layout, else bearer.
     *
     * @param baseUrl null for a provider without one
     * @return the way, without a key
     */
    public static Auth of(String dialect, @Nullable URI baseUrl) {
        return Dialects.find(dialect)
                .flatMap(WireDialect::keyHeader)
                .map(DefaultAuth::header)
                .orElseGet(() -> isAzure(baseUrl) ? header("api-key") : BEARER);
    }

    /**
     * The way to authenticate after the dialect or the base URL has changed: what was the default of the one becomes that of the
     * other, and what somebody chose stays. The key stays too.
     *
     * @param before the default that was
     * @param now the default that is
     */
    static Auth carriedOver(Auth auth, Auth before, Auth now) {
        return auth.withoutKey().equals(before) ? new Auth(now.type(), auth.key(), now.header(), now.prefix()) : auth;
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
