package dev.patchbay.codec;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long an upstream asks to wait: {@code retry-after-ms}, else {@code retry-after} (RFC 9110, section 10.2.3). */
final class RetryAfter {

    private RetryAfter() {}

    /** The wait; empty if none is asked for, or none that can be read. */
    static Optional<Duration> of(Map<String, String> headers, Instant now) {
        Optional<Duration> exact = number(headers.get("retry-after-ms"), 1);
        if (exact.isPresent()) {
            return exact;
        }
        Optional<Duration> seconds = number(headers.get("retry-after"), 1000);
        return seconds.isPresent() ? seconds : date(headers.get("retry-after"), now);
    }

    private static Optional<Duration> number(@Nullable String text, int millis) {
        try {
            double value = text == null ? -1 : Double.parseDouble(text.trim());
            return value >= 0 && value < 1e9
                    ? Optional.of(Duration.ofMillis((long) (value * millis)))
                    : Optional.empty();
        } catch (NumberFormatException notNumber) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> date(@Nullable String text, Instant now) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            Instant then = ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now, then);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException notDate) {
            return Optional.empty();
        }
    }
}
