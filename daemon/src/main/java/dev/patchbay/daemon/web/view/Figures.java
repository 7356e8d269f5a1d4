package dev.patchbay.daemon.web.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and moments as people read them; those of the daemon's own time zone. */
public final class Figures {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private Figures() {}

    /** With thin blanks between thousands. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u2009');
    }

    /** Such as {@code $0.0042}. */
    public static String usd(BigDecimal cost) {
        if (cost.signum() == 0) {
            return "$0";
        }
        int digits = cost.compareTo(BigDecimal.ONE) < 0 ? Math.max(4, cost.scale() - cost.precision() + 3) : 2;
        return "$" + cost.setScale(Math.min(digits, 8), RoundingMode.HALF_UP).toPlainString();
    }

    /** Such as {@code 840 ms}, {@code 1.2 s}, {@code 3 min 5 s}. */
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return duration.toMinutes() < 60
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    /** Such as {@code 12 kB}. */
    public static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** The time of today, the day of this year, or the year. */
    public static String moment(Instant moment, Instant now) {
        ZonedDateTime then = moment.atZone(ZoneId.systemDefault());
        LocalDate today = now.atZone(ZoneId.systemDefault()).toLocalDate();
        if (then.toLocalDate().equals(today)) {
            return TIME.format(then);
        }
        return (then.getYear() == today.getYear() ? DAY : YEAR).format(then);
    }
}
