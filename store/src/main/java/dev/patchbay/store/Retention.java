package dev.patchbay.store;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long sessions are kept after their last activity. What a younger session continues is kept with it. Immutable.
 *
 * @param age how long; empty: for ever
 * @param bytes how large the store may become before the oldest go; empty: as large as it does
 */
public record Retention(Optional<Duration> age, Optional<Long> bytes) {

    /** Everything is kept. */
    public static final Retention OFF = new Retention(Optional.empty(), Optional.empty());

    /** 90 days. */
    public static final Retention DEFAULT = days(90);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(d|kb|mb|gb)");

    /** Whether everything is kept. Asked at each end, where a comparison of records would take ten milliseconds. */
    boolean isOff() {
        return age.isEmpty() && bytes.isEmpty();
    }

    /**
     * Some days.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public static Retention days(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("sessions are kept for a day at least, not for " + count);
        }
        return new Retention(Optional.of(Duration.ofDays(count)), Optional.empty());
    }

    /**
     * A size.
     *
     * @throws IllegalArgumentException if it is below a megabyte, which a store needs to be one
     */
    public static Retention bytes(long most) {
        if (most < 1 << 20) {
            throw new IllegalArgumentException("a store needs 1MB at least, not " + most + " bytes");
        }
        return new Retention(Optional.empty(), Optional.of(most));
    }

    /**
     * Reads {@code off}, a number of days such as {@code 90d}, or a size such as {@code 500MB} (KB, MB or GB, of 1 024).
     *
     * @throws IllegalArgumentException if it is none of them; the message says what is
     */
    public static Retention parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("off")) {
            return OFF;
        }
        Matcher form = FORM.matcher(word);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither off, nor days such as 90d, nor a size such as 500MB");
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "kb" -> bytes(number << 10);
            case "mb" -> bytes(number << 20);
            case "gb" -> bytes(number << 30);
            default -> days(Math.toIntExact(number));
        };
    }
}
