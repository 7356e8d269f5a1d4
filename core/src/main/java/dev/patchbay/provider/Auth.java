package dev.patchbay.provider;

import java.util.Optional;

/**
 * How requests prove who is calling.
 *
 * @param type {@code none}, {@code bearer}, {@code header}, or the {@linkplain dev.patchbay.spi.Authenticator#type type} of
 *     a plugin's authenticator
 * @param key the key; empty with {@code none}
 * @param header the header to carry it; empty: {@code Authorization} for {@code bearer}, else the type's own
 * @param prefix the text before the key in that header; empty: {@code "Bearer "} for {@code bearer}, else none
 */
public record Auth(String type, Optional<SecretValue> key, Optional<String> header, Optional<String> prefix) {

    /** No credential header at all. */
    public static final Auth NONE = new Auth("none", Optional.empty(), Optional.empty(), Optional.empty());

    /** {@code Authorization: Bearer <key>}. */
    public static Auth bearer(SecretValue key) {
        return new Auth("bearer", Optional.of(key), Optional.empty(), Optional.empty());
    }

    /** {@code <header>: <key>}. */
    public static Auth header(String header, SecretValue key) {
        return new Auth("header", Optional.of(key), Optional.of(header), Optional.empty());
    }

    /** The same way with another key. */
    public Auth withKey(SecretValue newKey) {
        return new Auth(type, Optional.of(newKey), header, prefix);
    }

    /** The same way, its key taken out. */
    public Auth withoutKey() {
        return new Auth(type, Optional.empty(), header, prefix);
    }

    public boolean isNone() {
        return type.equals("none");
    }
}
