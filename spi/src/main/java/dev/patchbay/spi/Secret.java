package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

/**
 * A resolved secret, for instance an API key. Prints nothing of itself.
 *
 * <p>Immutable and safe for use by several threads. Deliberately without {@code equals}, {@code hashCode} over the
 * content and without serialization, so that a secret does not leak through a map dump, a debugger view or a store.
 */
public final class Secret {

    private final transient String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a secret text.
     *
     * @param value the secret; not blank
     * @throws IllegalArgumentException if {@code value} is blank
     */
    public static Secret of(String value) {
        if (requireNonNull(value, "value is null").isBlank()) {
            throw new IllegalArgumentException("a secret must not be blank");
        }
        return new Secret(value);
    }

    /** The secret text itself. Call it only where the text goes onto the wire. */
    public String reveal() {
        return value;
    }

    /** Always {@code Secret[hidden]}. */
    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
