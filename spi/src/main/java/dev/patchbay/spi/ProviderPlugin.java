package dev.patchbay.spi;

import java.util.List;

/**
 * What a plugin jar brings; found through {@link java.util.ServiceLoader}.
 *
 * <p>Everything but the {@linkplain #id() id} has a default, so a plugin overrides only what it adds. The host calls
 * each method once, at load, and treats whatever is thrown as the plugin's failure: other plugins go on.
 */
public interface ProviderPlugin {

    /** The plugin's own name, unique among plugins; matches {@code [a-z0-9][a-z0-9._-]{0,63}}. */
    String id();

    /** Dialects that provider files can name in {@code dialect:}. Default: none. */
    default List<Dialect> dialects() {
        return List.of();
    }

    /**
     * Provider files inside the plugin's jar, as resource names such as {@code META-INF/providers/groq.yaml}.
     *
     * <p>Default: none. Format: provider-files.md, section 1.
     */
    default List<String> definitions() {
        return List.of();
    }

    /** Ways to authenticate that provider files can name in {@code auth.type}. Default: none. */
    default List<Authenticator> authenticators() {
        return List.of();
    }

    /** Places that secrets can come from. Default: none. */
    default List<SecretSource> secretSources() {
        return List.of();
    }
}
