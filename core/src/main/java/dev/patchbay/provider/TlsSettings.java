package dev.patchbay.provider;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which servers a provider's connections trust (provider-files.md, section 2.2, {@code tls}). Bound to the origin like a
 * key.
 *
 * @param caFile PEM certificates that are trusted besides those of the JDK
 * @param insecureSkipVerify whether any certificate of any host is accepted
 */
public record TlsSettings(Optional<Path> caFile, boolean insecureSkipVerify) {

    /** Trusts what the JDK trusts. */
    public static final TlsSettings DEFAULT = new TlsSettings(Optional.empty(), false);
}
