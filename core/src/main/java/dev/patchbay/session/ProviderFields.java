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

    FieldChange<String> provider = FieldChange.none();
    FieldChange<String> model = FieldChange.none();
    FieldChange<Boolean> proxyEnabled = FieldChange.none();
    FieldChange<String> proxyBaseUrl = FieldChange.none();
    FieldChange<Secret> proxyApiKey = FieldChange.none();
    FieldChange<String> proxyModelOverride = FieldChange.none();

    ProviderFields() {}

    abstract B self();

    /** The provider; any name. In an update, another name clears the proxy fields that the update does not name. */
    public B provider(AiProvider value) {
        return provider(requireNonNull(value, "value is null").id());
    }

    /** The provider by its name; null clears it: the default provider. */
    public B provider(@Nullable String name) {
        provider = FieldChange.to(name);
        return self();
    }

    /** A model or alias of the provider; null clears it: the provider's default. */
    public B model(@Nullable String name) {
        model = FieldChange.to(name);
        return self();
    }

    /** Whether the proxy fields are used. */
    public B proxyEnabled(boolean value) {
        proxyEnabled = FieldChange.to(value);
        return self();
    }

    /** The base URL of the provider's API; null clears it. On another origin, a key that was given before is dropped. */
    public B proxyBaseUrl(@Nullable String url) {
        proxyBaseUrl = FieldChange.to(url);
        return self();
    }

    /**
     * The key for {@link #proxyBaseUrl}; null or a blank text clears it, as an unset environment variable does.
     *
     * <p>It stays in memory and is never stored or printed.
     */
    public B proxyApiKey(@Nullable String key) {
        proxyApiKey = FieldChange.to(key == null || key.isBlank() ? null : Secret.of(key));
        return self();
    }

    /** The same for a key that is already wrapped. */
    public B proxyApiKey(Secret key) {
        proxyApiKey = FieldChange.to(requireNonNull(key, "key is null"));
        return self();
    }

    /** The model as it goes on the wire; wins over {@link #model}; null clears it. */
    public B proxyModelOverride(@Nullable String name) {
        proxyModelOverride = FieldChange.to(name);
        return self();
    }

    SettingsChange settingsChange() {
        return new SettingsChange(this);
    }
}
