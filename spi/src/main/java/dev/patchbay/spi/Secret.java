package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resolved secret, for instance an API key. Prints nothing of itself.
 *
 * <p>Immutable and safe for use by several threads. Deliberately without {@code equals}, {@code hashCode} over the
 * content and without serialization, so that a secret does not leak through a map dump, a debugger view or a store.
 */
public final class Secret {

    private final transient String value;
    private final transient @Nullable Duration lifetime;

    private Secret(String value, @Nullable Duration lifetime) {
        this.value = value;
        this.lifetime = lifetime;
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
        return new Secret(value, null);
    }

    /**
     * The same secret, to be used for this long before it is asked for again.
     *
     * @param duration from now on; not negative
     */
    public Secret validFor(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration is negative");
        }
        return new Secret(value, duration);
    }

    /** How long it can be used from the moment it was looked up; empty: for this call only. */
    public Optional<Duration> lifetime() {
        return Optional.ofNullable(lifetime);
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
