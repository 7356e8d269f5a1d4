package dev.patchbay.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Acts that are done once, as rows; their names are kept for a week. */
final class OneTimeActs {

    private static final Duration KEPT = Duration.ofDays(7);

    private OneTimeActs() {}

    static Optional<OneTimeAct> begin(Sql sql, String name, String fingerprint, Instant now) throws SQLException {
        sql.change("DELETE FROM one_time_acts WHERE at < ?", now.minus(KEPT));
        Optional<OneTimeAct> before = sql.first("SELECT * FROM one_time_acts WHERE name = ?", OneTimeActs::read, name);
        if (before.isEmpty()) {
            sql.change("INSERT INTO one_time_acts (name, at, fingerprint) VALUES (?, ?, ?)", name, now, fingerprint);
        }
        return before;
    }

    static int done(Sql sql, String name, int status, String reply) throws SQLException {
        return sql.change("UPDATE one_time_acts SET status = ?, reply = ? WHERE name = ?", status, reply, name);
    }

    static int undone(Sql sql, String name) throws SQLException {
        return sql.change("DELETE FROM one_time_acts WHERE name = ?", name);
    }

    private static OneTimeAct read(Sql.Row row) throws SQLException {
        @Nullable String reply = row.textOrNull("reply");
        int status = (int) row.number("status");
        return new OneTimeAct(
                row.text("fingerprint"), Optional.ofNullable(reply).map(body -> new OneTimeAct.Reply(status, body)));
    }
}
