package dev.patchbay.spi;

import java.util.List;

/**
 * A place that secrets come from, added by a plugin and used in provider files as {@code {<scheme>: <reference>}}.
 *
 * <p>Implementations are called by several threads at once. For one call to a provider each reference is asked for once; what
 * has a {@linkplain Secret#lifetime lifetime} is not asked for again before that is over, or the provider has refused it.
 */
public interface SecretSource extends AutoCloseable {

    /** The key that selects this source in a provider file; matches {@code [a-z][A-Za-z0-9]*}. */
    String scheme();

    /**
     * The keys that may stand beside the reference, {@code {<scheme>: <reference>, <option>: …}}; none of type {@link
     * Option.Type#STRING_LIST}. Default: none.
     */
    default List<Option> options() {
        return List.of();
    }

    /**
     * Looks a secret up.
     *
     * @throws ProviderException of kind {@link ProviderException.Kind#AUTH} if it is not there or cannot be read; its
     *     message names the reference, never the secret
     */
    Secret resolve(Request request);

    /** Releases what the source holds, when the host ends. Idempotent. Default: nothing to release. */
    @Override
    default void close() {}

    /** What is asked for. Implemented by hosts; more can be asked of it with a minor version. */
    interface Request {

        /** What the provider file says after the scheme. */
        String reference();

        /** What stands beside it. */
        Options options();

        /** What the host lends for this call; its transport adds no credential of any provider. */
        ProviderContext context();
    }
}
