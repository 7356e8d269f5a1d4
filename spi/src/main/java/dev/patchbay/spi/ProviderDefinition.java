package dev.patchbay.spi;

import java.net.URI;
import java.util.Optional;

/**
 * A provider as configured, all files merged and variables substituted: what a dialect sees of it.
 *
 * <p>Immutable. Credentials are not part of it: the {@linkplain ProviderContext#http() transport} adds them.
 */
public interface ProviderDefinition {

    /** The provider's id in the registry. */
    String id();

    /** The id of the dialect it is served by. */
    String dialect();

    /** Everything before the operation path, if the provider has one. */
    Optional<URI> baseUrl();

    /** The dialect's own options. */
    Options options();
}
