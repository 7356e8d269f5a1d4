package dev.patchbay.internal.route;

import static java.util.Objects.requireNonNull;

import dev.patchbay.provider.SecretValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one launch says over its provider: the highest layer (provider-files.md, section 1, layer 8). Immutable; prints no
 * secret.
 *
 * <p>Proxy settings are given here only if they are to be used: whether {@code proxyEnabled} is set is the session's
 * business.
 */
public final class RouteOverrides {

    private static final RouteOverrides NONE = builder().build();

    private final @Nullable String model;
    private final @Nullable String baseUrl;
    private final @Nullable SecretValue apiKey;
    private final @Nullable String modelOverride;

    private RouteOverrides(Builder builder) {
        this.model = builder.model;
        this.baseUrl = builder.baseUrl;
        this.apiKey = builder.apiKey;
        this.modelOverride = builder.modelOverride;
    }

    /** Nothing said: the provider's own default model. */
    public static RouteOverrides none() {
        return NONE;
    }

    /** Only a model. */
    public static RouteOverrides model(String idOrAlias) {
        return builder().model(idOrAlias).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Id or alias of a model; empty: the provider's default. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** {@code proxyBaseUrl}, as given. */
    public Optional<String> baseUrl() {
        return Optional.ofNullable(baseUrl);
    }

    /** {@code proxyApiKey}. */
    public Optional<SecretValue> apiKey() {
        return Optional.ofNullable(apiKey);
    }

    /** {@code proxyModelOverride}: wins over {@link #model} on the wire. */
    public Optional<String> modelOverride() {
        return Optional.ofNullable(modelOverride);
    }

    @Override
    public String toString() {
        return "RouteOverrides[model=" + model + ", modelOverride=" + modelOverride + ", baseUrl "
                + (baseUrl == null ? "not given" : "given") + ", apiKey " + (apiKey == null ? "not given" : "given")
                + "]";
    }

    /** Collects overrides. Not safe for use by several threads. */
    public static final class Builder {

        private @Nullable String model;
        private @Nullable String baseUrl;
        private @Nullable SecretValue apiKey;
        private @Nullable String modelOverride;

        private Builder() {}

        public Builder model(String idOrAlias) {
            this.model = requireNonNull(idOrAlias, "idOrAlias is null");
            return this;
        }

        public Builder baseUrl(String url) {
            this.baseUrl = requireNonNull(url, "url is null");
            return this;
        }

        public Builder apiKey(SecretValue key) {
            this.apiKey = requireNonNull(key, "key is null");
            return this;
        }

        public Builder modelOverride(String name) {
            this.modelOverride = requireNonNull(name, "name is null");
            return this;
        }

        public RouteOverrides build() {
            return new RouteOverrides(this);
        }
    }
}
