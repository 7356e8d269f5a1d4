package dev.patchbay.internal.config.schema;

import java.time.Duration;
import java.util.Optional;

/** Durations as files write them: {@code 500ms 30s 5m 1h} (provider-files.md, section 2.2). */
public final class DurationText {

    /** No limit. */
    public static final String OFF = "off";

    private static final int MAX_DIGITS = 9;

    private DurationText() {}

    /** The duration; empty if the text is none. */
    public static Optional<Duration> parse(String text) {
        int digits = digits(text);
        if (digits == 0 || digits > MAX_DIGITS) {
            return Optional.empty();
        }
        long number = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Optional.of(Duration.ofMillis(number));
            case "s" -> Optional.of(Duration.ofSeconds(number));
            case "m" -> Optional.of(Duration.ofMinutes(number));
            case "h" -> Optional.of(Duration.ofHours(number));
            default -> Optional.empty();
        };
    }

    /**
     * A duration as people say it, of one unit and rounded up, so that who waits for it waits long enough: {@code 840 ms}, {@code
     * 90 s}, {@code 90 min}, {@code 36 h}, {@code 21 days}.
     */
    public static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000 || (millis < 10_000 && millis % 1_000 != 0)) {
            return millis + " ms";
        }
        long seconds = ceiling(millis, 1_000);
        if (seconds <= 120) {
            return seconds + " s";
        }
        long minutes = ceiling(seconds, 60);
        if (minutes <= 120) {
            return minutes + " min";
        }
        long hours = ceiling(minutes, 60);
        return hours <= 48 ? hours + " h" : ceiling(hours, 24) + " days";
    }

    private static long ceiling(long amount, long unit) {
        return (amount + unit - 1) / unit;
    }

    /** Whether it is a number that only lacks its unit. */
    static boolean lacksUnit(String text) {
        return !text.isEmpty() && digits(text) == text.length();
    }

    private static int digits(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }
}
