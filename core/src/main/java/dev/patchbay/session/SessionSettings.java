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

    /** The same with another provider and model named. */
    SessionSettings at(String providerId, Optional<String> idOrAlias) {
        Builder builder = toBuilder();
        builder.provider = providerId;
        builder.model = idOrAlias.orElse(null);
        return builder.build();
    }

    /** The same with another model, which goes on the wire. */
    SessionSettings withModel(String name) {
        Builder builder = toBuilder();
        builder.model = name;
        builder.proxyModelOverride = null;
        return builder.build();
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

    /** Settings that say nothing yet; for a store that reads a session back. */
    public static Builder builder() {
        return new Builder();
    }

    /** The same without the key, as it may be stored. */
    SessionSettings withoutKey() {
        if (proxyApiKey == null) {
            return this;
        }
        Builder builder = toBuilder();
        builder.proxyApiKey = null;
        return builder.build();
    }

    /** The same with a key. */
    SessionSettings withKey(Secret key) {
        Builder builder = toBuilder();
        builder.proxyApiKey = key;
        return builder.build();
    }

    /** Collects settings without a key. Null: nothing is said. Not safe for use by several threads. */
    public static final class Builder {

        @Nullable String provider;

        @Nullable String model;

        boolean proxyEnabled;

        @Nullable String proxyBaseUrl;

        @Nullable Secret proxyApiKey;

        @Nullable String proxyModelOverride;

        Builder() {}

        public Builder provider(@Nullable String name) {
            this.provider = name;
            return this;
        }

        public Builder model(@Nullable String name) {
            this.model = name;
            return this;
        }

        public Builder proxyEnabled(boolean value) {
            this.proxyEnabled = value;
            return this;
        }

        public Builder proxyBaseUrl(@Nullable String url) {
            this.proxyBaseUrl = url;
            return this;
        }

        public Builder proxyModelOverride(@Nullable String name) {
            this.proxyModelOverride = name;
            return this;
        }

        public SessionSettings build() {
            return new SessionSettings(this);
        }
    }
}
