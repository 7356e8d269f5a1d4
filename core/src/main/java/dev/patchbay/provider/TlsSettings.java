package dev.patchbay.provider;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which servers a provider's connections trust, and what proves this side to them (provider-files.md, section 2.2, {@code tls}).
 * Bound to the origin like a key.
 *
 * @param caFile PEM certificates that are trusted besides those of the JDK
 * @param insecureSkipVerify whether any certificate of any host is accepted
 * @param clientCert PEM certificates of this side, its own first
 * @param clientKey the private key of the first of them, PEM in the form of PKCS #8
 * @param clientKeyPassword its passphrase, where it is encrypted
 */
public record TlsSettings(
        Optional<Path> caFile,
        boolean insecureSkipVerify,
        Optional<Path> clientCert,
        Optional<SecretValue> clientKey,
        Optional<SecretValue> clientKeyPassword) {

    /** Trusts what the JDK trusts. */
    public static final TlsSettings DEFAULT = new TlsSettings(Optional.empty(), false);

    /** Settings that prove nothing of this side. */
    public TlsSettings(Optional<Path> caFile, boolean insecureSkipVerify) {
        this(caFile, insecureSkipVerify, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
