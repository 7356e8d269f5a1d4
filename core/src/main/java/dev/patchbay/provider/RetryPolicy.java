package dev.patchbay.provider;

import java.time.Duration;
import java.util.Set;

/**
 * When the chat runner sends a request again (provider-files.md, section 2.2, {@code retries}); never once a byte of the
 * answer was passed on.
 *
 * @param max retries after the first attempt; 0: none
 * @param statuses HTTP statuses that are retried
 * @param network whether a failure to connect, or a break before the answer, is retried
 * @param initialBackoff wait before the first retry; doubled for each further one, with jitter
 * @param maxBackoff most wait between two attempts where the provider does not say
 * @param maxWait a {@code Retry-After} above this is not waited for: the request fails at once
 */
public record RetryPolicy(
        int max,
        Set<Integer> statuses,
        boolean network,
        Duration initialBackoff,
        Duration maxBackoff,
        Duration maxWait) {

    /** Two retries, 500 ms and up, at most 20 s of backoff and 60 s of a provider's own wish. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            2,
            Set.of(408, 409, 425, 429, 500, 502, 503, 504, 529),
            true,
            Duration.ofMillis(500),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60));

    public RetryPolicy {
        statuses = Set.copyOf(statuses);
    }
}
