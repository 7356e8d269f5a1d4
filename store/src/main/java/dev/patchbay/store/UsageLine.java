package dev.patchbay.store;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What calls of one day, provider or model came to. What is not known of any call is absent, never 0.
 *
 * @param group the day, such as {@code 2026-01-31}, the provider or the model
 * @param calls how many
 * @param failed how many of them ended with an error
 * @param inputTokens of the calls of which it is known
 * @param outputTokens of the calls of which it is known
 * @param costUsd of the calls of which it is known
 * @param unpriced how many calls have no known cost
 * @param firstToken how soon answers began, on average of the calls of which it is known
 */
public record UsageLine(
        String group,
        long calls,
        long failed,
        Optional<Long> inputTokens,
        Optional<Long> outputTokens,
        Optional<BigDecimal> costUsd,
        long unpriced,
        Optional<Duration> firstToken) {

    /** By what calls are put together. */
    public enum By {
        DAY,
        PROVIDER,
        MODEL
    }
}
