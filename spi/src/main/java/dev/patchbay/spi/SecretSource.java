package dev.patchbay.spi;

/**
 * A place that secrets come from, added by a plugin and used in provider files as {@code {<scheme>: <reference>}}.
 *
 * <p>Implementations are called by several threads at once. The host keeps no copy of what they return beyond the call
 * that asked for it.
 */
public interface SecretSource {

    /** The key that selects this source in a provider file; matches {@code [a-z][A-Za-z0-9]*}. */
    String scheme();

    /**
     * Looks a secret up.
     *
     * @param reference what the provider file says after the scheme
     * @throws ProviderException of kind {@link ProviderException.Kind#AUTH} if it is not there or cannot be read; its
     *     message names the reference, never the secret
     */
    Secret resolve(String reference);
}
