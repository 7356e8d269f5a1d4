package dev.patchbay.internal.http;

import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/** When one request is sent again (provider-files.md, section 2.2, {@code retries}). Used by one thread. */
final class RetrySchedule {

    private final RetryPolicy policy;
    private final DoubleSupplier random;
    private int retries;

    /** @param random from 0 to 1, for the jitter */
    RetrySchedule(RetryPolicy policy, DoubleSupplier random) {
        this.policy = policy;
        this.random = random;
    }

    /** The attempt to come, from 1. */
    int attempt() {
        return retries + 1;
    }

    /** How long to wait before the next attempt; empty: there is none. */
    Optional<Duration> after(ProviderException failure) {
        if (retries >= policy.max() || !mayHelp(failure)) {
            return Optional.empty();
        }
        Duration wait = failure.retryAfter().orElseGet(this::backoff);
        if (failure.retryAfter().isPresent() && wait.compareTo(policy.maxWait()) > 0) {
            return Optional.empty();
        }
        retries++;
        return Optional.of(wait);
    }

    private boolean mayHelp(ProviderException failure) {
        return switch (failure.kind()) {
            case CANCELLED, QUOTA, CONTEXT_LENGTH -> false;
            case NETWORK -> failure.isRetryable() && policy.network();
            case RATE_LIMIT, OVERLOADED, SERVER, TIMEOUT -> failure.isRetryable() && isListed(failure);
            case AUTH, NOT_FOUND, INVALID_REQUEST -> isListed(failure);
        };
    }

    private boolean isListed(ProviderException failure) {
        return failure.status().isPresent()
                ? policy.statuses().contains(failure.status().getAsInt())
                : usualStatuses(failure.kind()).stream().anyMatch(policy.statuses()::contains);
    }

    /**
     * Of a failure without a status: an answer that began as a success and broke, or a dialect without HTTP. A time-out of our own was
     * long enough already.
     */
    private static Set<Integer> usualStatuses(Kind kind) {
        return switch (kind) {
            case RATE_LIMIT -> Set.of(429);
            case OVERLOADED -> Set.of(503);
            case SERVER -> Set.of(500, 502);
            default -> Set.of();
        };
    }

    /** Doubled with each retry; between half of it and all of it, so that many clients do not come back together. */
    private Duration backoff() {
        long initial = policy.initialBackoff().toMillis();
        long most = policy.maxBackoff().toMillis();
        double full = Math.min((double) most, initial * Math.pow(2, retries));
        return Duration.ofMillis(Math.round(full * (0.5 + 0.5 * random.getAsDouble())));
    }
}
