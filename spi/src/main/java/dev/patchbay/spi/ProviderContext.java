package dev.patchbay.spi;

import java.time.Clock;

/**
 * What the host lends to a dialect for one provider. Safe for use by several threads; valid as long as the client that
 * it was handed to.
 */
public interface ProviderContext {

    /** The transport of this provider: its time-outs, headers and credentials are applied by the host. */
    HttpTransport http();

    /**
     * Resolves a reference that came with the provider's options.
     *
     * @throws ProviderException of kind {@link ProviderException.Kind#AUTH} if the secret is not there
     */
    Secret secret(SecretRef reference);

    /** The clock to use for anything that is signed or expires. */
    Clock clock();
}
