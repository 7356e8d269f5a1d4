package dev.patchbay.cli.session;

import dev.patchbay.cli.terminal.Table;
import dev.patchbay.session.SessionRecord;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/** Sessions as lines. */
final class SessionTable {

    private SessionTable() {}

    static String of(List<SessionRecord> sessions, int columns) {
        Table table = new Table("SESSION", "LAST ACTIVITY", "STATUS", "PROVIDER", "MODEL", "TITLE");
        ZoneId zone = ZoneId.systemDefault();
        for (SessionRecord session : sessions) {
            table.row(
                    GoOnCommand.shortId(session.id()),
                    time(session.lastActivityAt(), zone),
                    session.status().word(),
                    session.provider().orElse(""),
                    session.model().orElse(""),
                    session.title());
        }
        return table.render(columns);
    }

    /** To the minute, in the zone of whoever looks. Without a formatter, which takes long to load. */
    static String time(Instant moment, ZoneId zone) {
        ZonedDateTime time = moment.atZone(zone);
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d %02d:%02d",
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute());
    }
}
