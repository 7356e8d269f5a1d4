package dev.patchbay.provider;

import java.time.Duration;
import java.util.Optional;

/**
 * A limit in time, or none.
 *
 * @param limit how long; empty: no limit ({@code off} in a file)
 */
public record Timeout(Optional<Duration> limit) {

    /** No limit. */
    public static final Timeout OFF = new Timeout(Optional.empty());

    public static Timeout of(Duration limit) {
        return new Timeout(Optional.of(limit));
    }
}
