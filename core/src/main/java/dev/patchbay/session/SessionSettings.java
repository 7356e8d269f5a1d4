package dev.patchbay.session;

import dev.patchbay.spi.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session says about its provider; the field names are those of the user's own document.
 *
 * <p>Immutable. The key is held in memory only and printed nowhere: {@link #toString} says whether there is one.
 */
public final class SessionSettings {

    /** Says nothing: the default provider and its default model. */
    public static final SessionSettings NONE = new SessionSettings(new Builder());

    private final @Nullable String provider;
    private final @Nullable String model;
    private final boolean proxyEnabled;
    private final @Nullable String proxyBaseUrl;
    private final @Nullable Secret proxyApiKey;
    private final @Nullable String proxyModelOverride;

    private SessionSettings(Builder builder) {
        this.provider = builder.provider;
        this.model = builder.model;
        this.proxyEnabled = builder.proxyEnabled;
        this.proxyBaseUrl = builder.proxyBaseUrl;
        this.proxyApiKey = builder.proxyApiKey;
        this.proxyModelOverride = builder.proxyModelOverride;
    }

    Builder toBuilder() {
        Builder builder = new Builder();
        builder.provider = provider;
        builder.model = model;
        builder.proxyEnabled = proxyEnabled;
        builder.proxyBaseUrl = proxyBaseUrl;
        builder.proxyApiKey = proxyApiKey;
        builder.proxyModelOverride = proxyModelOverride;
        return builder;
    }

    /** Empty: the registry's default, or an ad-hoc provider named after the host of {@link #proxyBaseUrl}. */
    public Optional<String> provider() {
        return Optional.ofNullable(provider);
    }

    /** A model or alias; empty: the provider's default. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** Whether the proxy fields are used at all. */
    public boolean proxyEnabled() {
        return proxyEnabled;
    }

    public Optional<String> proxyBaseUrl() {
        return Optional.ofNullable(proxyBaseUrl);
    }

    public Optional<Secret> proxyApiKey() {
        return Optional.ofNullable(proxyApiKey);
    }

    /** Wins over {@link #model} on the wire. */
    public Optional<String> proxyModelOverride() {
        return Optional.ofNullable(proxyModelOverride);
    }

    @Override
    public String toString() {
        return "SessionSettings[provider=" + provider + ", model=" + model + ", proxyEnabled=" + proxyEnabled
                + ", proxyBaseUrl=" + proxyBaseUrl + ", proxyModelOverride=" + proxyModelOverride + ", hasApiKey="
                + (proxyApiKey != null) + "]";
    }

    /** Collects settings; used by the requests of this package. */
    static final class Builder {

        @Nullable String provider;

        @Nullable String model;

        boolean proxyEnabled;

        @Nullable String proxyBaseUrl;

        @Nullable Secret proxyApiKey;

        @Nullable String proxyModelOverride;

        SessionSettings build() {
            return new SessionSettings(this);
        }
    }
}
