package dev.patchbay.store;

import dev.patchbay.session.SessionError;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Which process runs which sessions. Each renews its lease as long as it runs; the others look how long a lease has not
 * changed, by a clock that nobody can set, and end the sessions of a process whose lease has run out. Numbers of processes mean nothing
 * across containers: none is asked for.
 */
final class Leases {

    /** How long a process may stand still before its sessions are taken for dead. */
    static final Duration LENGTH = Duration.ofSeconds(8);

    /** How often it says that it lives. */
    static final Duration BEAT = Duration.ofSeconds(1);

    private final Database database;
    private final Clock wallClock;
    private final MonotonicClock clock;
    private volatile String me = UUID.randomUUID().toString();

    Leases(Database database, Clock wallClock, MonotonicClock clock) {
        this.database = database;
        this.wallClock = wallClock;
        this.clock = clock;
    }

    /** The name under which this process owns sessions. */
    String me() {
        return me;
    }

    /** Begins the lease of this process, in the transaction that gives it a session. */
    void begin(Sql sql) throws SQLException {
        sql.change(
                "INSERT OR IGNORE INTO owners (id, beat, clock, beat_at) VALUES (?, 0, ?, ?)",
                me,
                clock.name(),
                clock.now());
    }

    /** Says that this process lives. One whose lease was taken goes on under another name. */
    void renew() {
        boolean held = database.write(
                sql -> sql.change("UPDATE owners SET beat = beat + 1, beat_at = ? WHERE id = ?", clock.now(), me) == 1);
        if (!held) {
            me = UUID.randomUUID().toString();
        }
    }

    /** Ends the lease, and what this process leaves running. */
    void end() {
        boolean any = database.read(sql -> sql.number("SELECT count(*) FROM owners WHERE id = ?", me) != 0);
        if (any) {
            database.write(sql -> {
                endSessions(sql, me);
                return sql.change("DELETE FROM owners WHERE id = ?", me);
            });
        }
    }

    /** Ends the sessions of every process whose lease has run out. */
    void endExpired() {
        long now = clock.now();
        List<Seen> seen = database.read(sql -> others(sql, now));
        boolean orphans = database.read(sql -> sql.number("SELECT count(*) FROM sessions WHERE owner IS NOT NULL"
                        + " AND owner NOT IN (SELECT id FROM owners)")
                != 0);
        if (orphans || seen.stream().anyMatch(owner -> owner.expired || owner.isNew)) {
            database.write(sql -> {
                for (Seen owner : seen) {
                    note(sql, owner, now);
                }
                endOrphans(sql);
                return true;
            });
        }
    }

    private List<Seen> others(Sql sql, long now) throws SQLException {
        return sql.all(
                "SELECT * FROM owners WHERE id <> ?",
                row -> {
                    long beat = row.number("beat");
                    boolean sharesClock = row.text("clock").equals(clock.name());
                    boolean watched = clock.name().equals(row.textOrNull("seen_clock"))
                            && row.numberIfAny("seen_beat").orElse(-1) == beat;
                    long since = sharesClock ? row.number("beat_at") : row.number("seen_at");
                    boolean expired = (sharesClock || watched) && now - since > LENGTH.toNanos();
                    return new Seen(row.text("id"), beat, expired, !sharesClock && !watched);
                },
                me);
    }

    private static final class Seen {

        private final String id;
        private final long beat;
        private final boolean expired;
        private final boolean isNew;

        private Seen(String id, long beat, boolean expired, boolean isNew) {
            this.id = id;
            this.beat = beat;
            this.expired = expired;
            this.isNew = isNew;
        }
    }

    private void note(Sql sql, Seen owner, long now) throws SQLException {
        if (owner.expired) {
            // Only if it did not say meanwhile that it lives.
            sql.change("DELETE FROM owners WHERE id = ? AND beat = ?", owner.id, owner.beat);
        } else if (owner.isNew) {
            sql.change(
                    "UPDATE owners SET seen_beat = beat, seen_clock = ?, seen_at = ? WHERE id = ? AND beat = ?",
                    clock.name(),
                    now,
                    owner.id,
                    owner.beat);
        }
    }

    private void endOrphans(Sql sql) throws SQLException {
        List<String> gone = sql.all(
                "SELECT DISTINCT owner FROM sessions WHERE owner IS NOT NULL AND owner NOT IN (SELECT id FROM owners)",
                row -> row.text("owner"));
        for (String owner : gone) {
            endSessions(sql, owner);
        }
    }

    private void endSessions(Sql sql, String owner) throws SQLException {
        List<SessionRecord> left = sql.all(SessionRows.SELECT + " WHERE s.owner = ?", SessionRows::read, owner);
        for (SessionRecord session : left) {
            long key = sql.number("SELECT key FROM sessions WHERE id = ?", session.id());
            SessionRecord failed = session.toBuilder()
                    .status(SessionStatus.FAILED)
                    .completedAt(session.lastActivityAt())
                    .error(new SessionError(
                            session.provider().orElse(""),
                            OptionalInt.empty(),
                            "process_ended",
                            "the process running this session ended",
                            Optional.of("parts that were complete are kept, the text under way is not; "
                                    + "continue the session, or launch it again")))
                    .build();
            SessionRows.replace(sql, key, failed, null);
            List<SessionEvent> told = new ArrayList<>();
            told.add(new SessionEvent.StatusChanged(session.id(), session.status(), SessionStatus.FAILED));
            EventRows.insert(sql, key, told, wallClock.instant());
            CallRows.insert(sql, failed);
        }
    }
}
