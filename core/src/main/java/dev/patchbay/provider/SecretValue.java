package dev.patchbay.provider;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.InternalApi;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.util.List;

/**
 * A secret that a file refers to; resolved each time it is used, so that no configuration holds one.
 *
 * <p>Safe for use by several threads. Its {@code toString} names the reference, never the content.
 */
public interface SecretValue {

    /** What the file says, safe to print; for a text with several references, the first. */
    SecretRef reference();

    /** Where the file says it. */
    Location location();

    /**
     * Looks the secret up now.
     *
     * @throws dev.patchbay.spi.ProviderException of kind {@code AUTH} if it is not there or cannot be a key
     *     (provider-files.md, section 3, rules 3 and 6); the message names the reference and the place
     */
    Secret resolve();

    /**
     * The secret as a text with gaps, for a request that is only shown; nothing is looked up.
     *
     * @return what may be shown of it, and a mark where that ends
     */
    @InternalApi
    default String outline(SecretPlaceholders gaps) {
        return gaps.mark(reference());
    }

    /** The secrets that it was put together from; none where it is one by itself, which is the default. */
    default List<SecretValue> parts() {
        return List.of();
    }

    /**
     * Makes the next {@link #resolve} look it up anew, after a provider refused it.
     *
     * @return whether that may find another one; false by default
     */
    default boolean renew(Secret refused) {
        return false;
    }
}
