package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long an upstream asks to wait: {@code retry-after-ms}, else {@code retry-after} (RFC 9110, section 10.2.3). */
final class RetryAfter {

    private static final Pattern IN_WORDS = Pattern.compile(
            "(?:try again|retry|resets?|reset after|available)(?: again)? (?:in|after) "
                    + "(?:(?<minutes>[0-9]+) ?m(?:in(?:utes?)?)? ?(?![a-z]))?(?:(?<rest>[0-9.]+) ?(?<unit>ms|s)(?:ec(?:ond)?s?)?\\b)?",
            Pattern.CASE_INSENSITIVE);

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

    /** Google's {@code RetryInfo} among the details of an error, and what OpenRouter says beside one. */
    static Optional<Duration> inDetails(JsonNode error) {
        for (JsonNode detail : error.path("details")) {
            Optional<Duration> wait =
                    inText("retry in " + detail.path("retryDelay").asText(""));
            if (wait.isPresent()) {
                return wait;
            }
        }
        JsonNode metadata = error.path("metadata");
        Optional<Duration> seconds = number(metadata.path("retry_after_seconds").asText(null), 1000);
        return seconds.isPresent()
                ? seconds
                : number(metadata.path("headers").path("Retry-After").asText(null), 1000);
    }

    /** What a message says in words: {@code Please try again in 1m20.5s}. Empty for waits that are hours. */
    static Optional<Duration> inText(String message) {
        Matcher matcher = IN_WORDS.matcher(message);
        if (!matcher.find()) {
            return Optional.empty();
        }
        Optional<Duration> minutes = number(matcher.group("minutes"), 60_000);
        String unit = matcher.group("unit");
        Optional<Duration> rest = number(matcher.group("rest"), unit == null || unit.equals("ms") ? 1 : 1000);
        return minutes.isEmpty() && rest.isEmpty()
                ? Optional.empty()
                : Optional.of(minutes.orElse(Duration.ZERO).plus(rest.orElse(Duration.ZERO)));
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
