package dev.patchbay.daemon.rest;

import dev.patchbay.daemon.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The ends of a time, each a day of the daemon's time zone or a moment. */
final class UsageTime {

    private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

    private UsageTime() {}

    /** The first moment that counts. */
    static Instant from(Optional<String> text) {
        return text.map(value -> moment(value, "from", false)).orElse(Instant.EPOCH);
    }

    /** The first moment that does not count any more: a day counts to its end. */
    static Instant to(Optional<String> text) {
        return text.map(value -> moment(value, "to", true)).orElse(END);
    }

    private static Instant moment(String text, String name, boolean end) {
        Instant moment;
        try {
            moment = text.length() > 10
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text)
                            .plusDays(end ? 1 : 0)
                            .atStartOfDay(ZoneId.systemDefault())
                            .toInstant();
        } catch (DateTimeParseException none) {
            throw bad(text, name);
        }
        if (moment.isBefore(Instant.EPOCH) || moment.isAfter(END)) {
            throw bad(text, name);
        }
        return moment;
    }

    private static Problem bad(String text, String name) {
        return Problem.of(
                400,
                "the query parameter " + name
                        + " is a day such as 2026-01-31 or a moment such as 2026-01-31T12:00:00Z, not '" + text + "'");
    }
}
