package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The provider fields that every request has, with the names of the user's own document.
 *
 * <p>A field that is not named keeps the value it has; at launch that is none. Not safe for use by several threads.
 *
 * @param <B> the builder itself
 */
public abstract class ProviderFields<B extends ProviderFields<B>> {

    Change<String> provider = Change.none();
    Change<String> model = Change.none();
    Change<Boolean> proxyEnabled = Change.none();
    Change<String> proxyBaseUrl = Change.none();
    Change<Secret> proxyApiKey = Change.none();
    Change<String> proxyModelOverride = Change.none();

    ProviderFields() {}

    abstract B self();

    /** The provider; any name. In an update, another name clears the proxy fields that the update does not name. */
    public B provider(AiProvider value) {
        return provider(requireNonNull(value, "value is null").id());
    }

    /** The provider by its name; null clears it: the default provider. */
    public B provider(@Nullable String name) {
        provider = Change.to(name);
        return self();
    }

    /** A model or alias of the provider; null clears it: the provider's default. */
    public B model(@Nullable String name) {
        model = Change.to(name);
        return self();
    }

    /** Whether the proxy fields are used. */
    public B proxyEnabled(boolean value) {
        proxyEnabled = Change.to(value);
        return self();
    }

    /** The base URL of the provider's API; null clears it. On another origin, a key that was given before is dropped. */
    public B proxyBaseUrl(@Nullable String url) {
        proxyBaseUrl = Change.to(url);
        return self();
    }

    /**
     * The key for {@link #proxyBaseUrl}; null or a blank text clears it, as an unset environment variable does.
     *
     * <p>It stays in memory and is never stored or printed.
     */
    public B proxyApiKey(@Nullable String key) {
        proxyApiKey = Change.to(key == null || key.isBlank() ? null : Secret.of(key));
        return self();
    }

    /** The same for a key that is already wrapped. */
    public B proxyApiKey(Secret key) {
        proxyApiKey = Change.to(requireNonNull(key, "key is null"));
        return self();
    }

    /** The model as it goes on the wire; wins over {@link #model}; null clears it. */
    public B proxyModelOverride(@Nullable String name) {
        proxyModelOverride = Change.to(name);
        return self();
    }

    SettingsChange settingsChange() {
        return new SettingsChange(this);
    }
}
