package dev.patchbay.store;

import dev.patchbay.codec.Hashes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Acts that are done once, as rows, which are kept for a week: of a name its hash, since a client may have put a key there. */
final class OneTimeActs {

    /** The format from which on names are hashed. */
    static final int HASHED_SINCE = 5;

    private static final Duration KEPT = Duration.ofDays(7);

    private OneTimeActs() {}

    /** Hashes the names of a store whose format had them as they are. */
    static void hashNames(Sql sql) throws SQLException {
        for (String name : sql.all("SELECT name_hash FROM one_time_acts", row -> row.text("name_hash"))) {
            sql.change("UPDATE one_time_acts SET name_hash = ? WHERE name_hash = ?", Hashes.hex(name), name);
        }
    }

    static Optional<OneTimeAct> begin(Sql sql, String name, String fingerprint, Instant now) throws SQLException {
        sql.change("DELETE FROM one_time_acts WHERE at < ?", now.minus(KEPT));
        String hash = Hashes.hex(name);
        Optional<OneTimeAct> before =
                sql.first("SELECT * FROM one_time_acts WHERE name_hash = ?", OneTimeActs::read, hash);
        if (before.isEmpty()) {
            sql.change(
                    "INSERT INTO one_time_acts (name_hash, at, fingerprint) VALUES (?, ?, ?)", hash, now, fingerprint);
        }
        return before;
    }

    static int done(Sql sql, String name, int status, String reply) throws SQLException {
        return sql.change(
                "UPDATE one_time_acts SET status = ?, reply = ? WHERE name_hash = ?", status, reply, Hashes.hex(name));
    }

    static int undone(Sql sql, String name) throws SQLException {
        return sql.change("DELETE FROM one_time_acts WHERE name_hash = ?", Hashes.hex(name));
    }

    private static OneTimeAct read(Sql.Row row) throws SQLException {
        @Nullable String reply = row.textOrNull("reply");
        int status = (int) row.number("status");
        return new OneTimeAct(
                row.text("fingerprint"), Optional.ofNullable(reply).map(body -> new OneTimeAct.Reply(status, body)));
    }
}
