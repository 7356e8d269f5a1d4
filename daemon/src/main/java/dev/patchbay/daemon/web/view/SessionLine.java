package dev.patchbay.daemon.web.view;

import dev.patchbay.diagnostic.Printable;
import dev.patchbay.session.SessionRecord;
import java.time.Instant;

/**
 * A session in a list; what is not known is an empty text.
 *
 * @param status in one word
 * @param isLive whether it will change by itself
 */
public record SessionLine(
        String id,
        String title,
        String status,
        boolean isLive,
        String provider,
        String model,
        String moment,
        String when,
        String cost,
        String error) {

    private static final int MOST_ERROR = 160;

    public static SessionLine of(SessionRecord session, Instant now) {
        return new SessionLine(
                session.id(),
                session.title().isBlank() ? "(untitled)" : Printable.line(session.title()),
                session.status().word(),
                isLive(session),
                session.provider().map(Printable::line).orElse(""),
                session.modelId().or(session::model).map(Printable::line).orElse(""),
                session.lastActivityAt().toString(),
                Figures.moment(session.lastActivityAt(), now),
                session.costUsd().map(Figures::usd).orElse(""),
                session.error().map(error -> beginning(error.message())).orElse(""));
    }

    static boolean isLive(SessionRecord session) {
        return switch (session.status()) {
            case STARTING, RUNNING, INTERRUPTING -> true;
            default -> false;
        };
    }

    private static String beginning(String text) {
        String line = Printable.line(text);
        return line.length() <= MOST_ERROR
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MOST_ERROR - 20)) + "…";
    }
}
