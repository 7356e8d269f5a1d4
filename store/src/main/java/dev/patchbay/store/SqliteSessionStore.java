package dev.patchbay.store;

import static java.util.Objects.requireNonNull;

import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.EventLog;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionPage;
import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.session.SessionStore;
import dev.patchbay.spi.Secret;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Keeps sessions in a SQLite file, which lasts, and which several processes may use at once. Safe for use by several threads.
 *
 * <p>What a method wrote is there after the process is killed; at a power cut the last moments may be lost, but nothing else. A
 * file that this user may only read is opened for reading. The first session starts a thread, which says every second that
 * this process lives; a process that was still for eight seconds has lost its sessions, which are marked as failed by whoever
 * looks.
 */
public final class SqliteSessionStore implements SessionStore {

    private static final Logger LOG = System.getLogger(SqliteSessionStore.class.getName());

    static final int LISTED_QUERY = 2_000;

    private static final String COUNTS = SessionSelection.counts(
            SessionQuery.Filter.NORMAL, SessionQuery.Filter.ARCHIVED, SessionQuery.Filter.DRAFT);

    private final Database database;
    private final Leases leases;
    private final LeaseKeeper keeper;
    private final KeyVault vault;
    private final Housekeeping housekeeping;
    private final Upkeep upkeep;
    private final Clock clock;
    private final Duration searchLimit;
    private final Set<String> mine = ConcurrentHashMap.newKeySet();

    private volatile boolean watched;

    /** Ends of sessions that could not be written yet. */
    private final Map<String, Runnable> owed = new ConcurrentHashMap<>();

    private SqliteSessionStore(Builder builder, Database database) {
        this.database = database;
        this.clock = builder.clock;
        this.searchLimit = builder.searchLimit;
        this.leases = new Leases(database, builder.clock, builder.monotonic);
        this.keeper = new LeaseKeeper(database, leases, this::writeWhatIsOwed);
        if (!builder.keepsLease) {
            keeper.close();
        }
        this.vault = new KeyVault(database.file().resolveSibling(database.file().getFileName() + ".key"));
        TextIndex index = new TextIndex(database);
        this.housekeeping =
                new Housekeeping(database, index, builder.retention, builder.clock, builder.housekeepingLimit);
        this.upkeep = new Upkeep(database, index, housekeeping);
    }

    /**
     * Opens a store with the usual settings; the file is made if there is none, for this user alone.
     *
     * @throws StoreException if it cannot be used
     */
    public static SqliteSessionStore open(Path file) {
        return builder(file).open();
    }

    /** A store with other settings. */
    public static Builder builder(Path file) {
        return new Builder(file);
    }

    /** The file. */
    public Path file() {
        return database.file();
    }

    /** Whether it can only be read, since this user may not write it or its disk is full. */
    public boolean isReadOnly() {
        return database.isReadOnly();
    }

    /** What was found to be damaged since the store was opened, in one sentence; empty if nothing was yet. */
    public Optional<String> damage() {
        return database.damage().map(Throwable::getMessage);
    }

    /** Ends sessions of processes that are gone from now on, also before this process has one of its own. */
    public void watch() {
        if (!isReadOnly()) {
            watched = true;
            keeper.start();
            upkeep.last();
        }
    }

    @Override
    public void create(SessionRecord session, List<SessionEvent> events) {
        boolean owned = isOwned(session.status());
        database.write(sql -> {
            if (key(sql, session.id()).isPresent()) {
                throw new IllegalStateException("session " + session.id() + " is there already");
            }
            if (owned) {
                leases.begin(sql);
            }
            long key = SessionRows.insert(sql, session, owned ? leases.me() : null);
            EventRows.insert(sql, key, events, clock.instant());
            return true;
        });
        upkeep.written();
        if (owned) {
            mine.add(session.id());
            keeper.start();
        }
    }

    /** The end of a session that the store does not take is written as soon as it does: else the session would run for ever. */
    @Override
    public void update(SessionRecord session, List<SessionEvent> events) {
        try {
            write(session, events);
            owed.remove(session.id());
        } catch (StoreException failure) {
            if (session.status().isFinal()
                    && mine.contains(session.id())
                    && failure.kind() != StoreException.Kind.LEASE_LOST) {
                owed.put(session.id(), () -> write(session, events));
            }
            throw failure;
        }
    }

    private void writeWhatIsOwed() {
        owed.forEach((id, write) -> {
            try {
                write.run();
            } catch (IllegalStateException ended) {
                // By somebody else meanwhile.
            }
            owed.remove(id, write);
        });
    }

    private void write(SessionRecord session, List<SessionEvent> events) {
        boolean owned = isOwned(session.status());
        database.write(sql -> {
            Stored stored = sql.first(
                            "SELECT key, status, owner FROM sessions WHERE id = ?",
                            row -> new Stored(
                                    row.number("key"),
                                    SessionRows.status(row.text("status")),
                                    Optional.ofNullable(row.textOrNull("owner"))),
                            session.id())
                    .orElseThrow(() -> new IllegalStateException("there is no session " + session.id()));
            requireWritable(stored, session, events);
            if (owned) {
                leases.begin(sql);
            }
            SessionRows.replace(sql, stored.key, session, owned ? leases.me() : null);
            EventRows.insert(sql, stored.key, events, clock.instant());
            if (session.status().isFinal() && !stored.status.isFinal()) {
                CallRows.insert(sql, session);
            }
            return true;
        });
        upkeep.written();
        if (owned) {
            mine.add(session.id());
            keeper.start();
        } else {
            mine.remove(session.id());
        }
    }

    private record Stored(long key, SessionStatus status, Optional<String> owner) {}

    /** Who runs a session writes it; one that has ended goes on in a continuation alone, but may be set otherwise. */
    private void requireWritable(Stored stored, SessionRecord session, List<SessionEvent> events) {
        boolean another = stored.owner.isPresent() && !stored.owner.get().equals(leases.me());
        boolean ended = stored.status.isFinal()
                && stored.status != SessionStatus.DISCARDED
                && (session.status() != stored.status
                        || events.stream().anyMatch(event -> !(event instanceof SessionEvent.SettingsChanged)));
        if (!another && !ended) {
            return;
        }
        if (mine.contains(session.id())) {
            throw StoreException.leaseLost(database.file(), session.id());
        }
        throw new IllegalStateException(
                "session " + session.id() + (ended ? " has ended" : " is run by another process"));
    }

    private static boolean isOwned(SessionStatus status) {
        return !status.isFinal() && status != SessionStatus.DRAFT;
    }

    @Override
    public Optional<SessionRecord> find(String sessionId) {
        endExpired();
        return database.read(sql -> sql.first(SessionRows.SELECT + " WHERE s.id = ?", SessionRows::read, sessionId));
    }

    @Override
    public List<ConversationEvent> conversation(String sessionId) {
        return database.read(sql -> EventRows.conversation(sql, sessionId));
    }

    /**
     * A part of one session's own conversation, in order: the last pieces before a position.
     *
     * @param sequence of the piece that the part ends before
     */
    public List<ConversationEvent> conversationBefore(String sessionId, long sequence, int limit) {
        List<ConversationEvent> newestFirst =
                database.read(sql -> EventRows.conversationBefore(sql, sessionId, sequence, limit));
        List<ConversationEvent> inOrder = new ArrayList<>(newestFirst);
        Collections.reverse(inOrder);
        return inOrder;
    }

    /**
     * A part of one session's own conversation, in order: the first pieces after a position.
     *
     * @param sequence of the piece that the part begins behind; 0 for its beginning
     */
    public List<ConversationEvent> conversationAfter(String sessionId, long sequence, int limit) {
        return database.read(sql -> EventRows.conversationAfter(sql, sessionId, sequence, limit));
    }

    /**
     * The same, as many as a quarter of a megabyte holds, and one at least: empty where there are no more.
     *
     * @param sequence of the piece that the page begins behind; 0 for its beginning
     */
    public ConversationPage conversationPage(String sessionId, long sequence) {
        return database.read(sql -> EventRows.conversationPage(sql, sessionId, sequence));
    }

    /** The sessions of which a conversation consists, from the first one to this; empty if there is no such session. */
    public List<String> chain(String sessionId) {
        return database.read(sql -> SessionRows.chain(sql, sessionId));
    }

    /**
     * All that was said in these sessions, one after another, if that is no longer than a page of {@link #conversationPage}.
     *
     * @return empty if it is; then nothing longer was read either
     */
    public Optional<List<ConversationEvent>> shortConversation(List<String> sessionIds) {
        return database.read(sql -> EventRows.fitting(sql, sessionIds));
    }

    /** Of a long question its first {@value #LISTED_QUERY} characters, and of a session nothing that only its continuation needs. */
    @Override
    public SessionPage list(SessionQuery query) {
        endExpired();
        SessionSelection selection = SessionSelection.of(query);
        List<SessionRecord> found = database.read(sql -> page(sql, selection, query.limit() + 1));
        if (found.size() <= query.limit()) {
            return new SessionPage(found, Optional.empty());
        }
        List<SessionRecord> page = found.subList(0, query.limit());
        return new SessionPage(page, Optional.of(SessionSelection.cursor(page.get(page.size() - 1))));
    }

    /** A search that would keep others waiting for long is given up: they share a few connections. */
    private List<SessionRecord> page(Sql sql, SessionSelection selection, int limit) throws SQLException {
        try {
            return sql.within(
                    searchLimit, within -> within.all(selection.page(), SessionRows::read, selection.values(limit)));
        } catch (SQLTimeoutException failure) {
            throw new IllegalArgumentException(
                    "the search took longer than " + searchLimit.toSeconds() + " s: search for longer or other words",
                    failure);
        }
    }

    /** How many sessions each list has, as of one moment. */
    public SessionCounts counts() {
        return database.read(sql -> sql.unlessWritten(
                COUNTS,
                SessionCounts.class,
                row -> new SessionCounts(row.number("normal"), row.number("archived"), row.number("draft"))));
    }

    /** The session with the newest activity of a folder; one that failed only where all did. */
    public Optional<SessionRecord> newestOf(String workingDir) {
        endExpired();
        return database.read(sql -> sql.first(
                SessionRows.SELECT + " WHERE s.working_dir = ? AND s.status NOT IN ('draft', 'discarded')"
                        + " ORDER BY s.status = 'failed', s.last_activity_at DESC, s.id LIMIT 1",
                SessionRows::read,
                workingDir));
    }

    /** Ids that begin so, in no order. */
    public List<String> idsThatBeginWith(String beginning, int limit) {
        return database.read(sql -> sql.all(
                "SELECT id FROM sessions WHERE substr(id, 1, length(?1)) = ?1 LIMIT ?2",
                row -> row.text("id"),
                beginning,
                limit));
    }

    /**
     * Nothing of it is left in the file when this returns; after {@link #watch}, the index lets go of its three letters in a row soon
     * after, of many deletions together. What a killed process deleted is done away with by the next.
     */
    @Override
    public boolean forget(String sessionId) {
        mine.remove(sessionId);
        boolean forgotten = housekeeping.forget(sessionId, !watched);
        if (watched) {
            upkeep.written();
        }
        return forgotten;
    }

    /**
     * Deletes sessions, of which nothing is left in the file or its index when this returns; of several in about the time that one takes.
     *
     * @return how many there were
     */
    public int forget(Collection<String> sessionIds) {
        mine.removeAll(sessionIds);
        return housekeeping.forget(sessionIds);
    }

    /**
     * Deletes the sessions that have ended and were last active before a moment, but for what a younger one continues.
     *
     * @return how many
     */
    public int forgetOlderThan(Instant moment) {
        return housekeeping.forgetOlderThan(moment);
    }

    /**
     * What calls came to, in order of the group.
     *
     * @param from the first moment that counts
     */
    public List<UsageLine> usage(UsageLine.By by, Instant from) {
        return usage(by, from, Sql.moment(Long.MAX_VALUE));
    }

    /**
     * The same for a time.
     *
     * @param to the first moment that does not count any more
     */
    public List<UsageLine> usage(UsageLine.By by, Instant from, Instant to) {
        return database.read(sql -> UsageRows.read(sql, by, from, to));
    }

    /**
     * Keeps what is known of calls that no session made, all of them or none.
     *
     * @throws StoreException if the store does not take them
     */
    public void addCalls(List<UpstreamCall> calls) {
        database.write(sql -> {
            for (UpstreamCall call : calls) {
                CallRows.insert(sql, call);
            }
            return true;
        });
    }

    /** How the file is; reads all of it. What is found to be damaged then is what {@link #damage} says. */
    public StoreHealth health() {
        Path log = file().resolveSibling(file().getFileName() + "-wal");
        Optional<String> damage;
        long sessions = 0;
        try {
            damage = database.readAnew(sql -> sql.first("PRAGMA quick_check(1)", row -> row.text("quick_check")))
                    .filter(word -> !word.equals("ok"));
            damage.ifPresent(found -> database.isDamaged(StoreException.damaged(file(), found, null)));
            sessions = database.read(sql -> sql.number("SELECT count(*) FROM sessions"));
        } catch (StoreException failure) {
            if (failure.kind() != StoreException.Kind.DAMAGED) {
                throw failure;
            }
            damage = Optional.of(String.valueOf(failure.getMessage()));
        }
        return new StoreHealth(sessions, file().toFile().length(), log.toFile().length(), damage);
    }

    /** The version of the SQLite that comes along. */
    public static String libraryVersion() {
        // That of the driver has a part more.
        return SQLiteJDBCLoader.getVersion().replaceFirst("^(\\d+\\.\\d+\\.\\d+)\\..*", "$1");
    }

    /**
     * Copies what can be read of a damaged store into a new file; the damaged one stays as it is.
     *
     * @param target must not be there
     * @throws StoreException if nothing can be read, or the new file cannot be made
     * @throws IllegalArgumentException if there is such a file already
     */
    public static RescuedSessions rescue(Builder source, Path target) {
        if (Files.exists(target)) {
            throw new IllegalArgumentException(target + " is there already");
        }
        NativeLibrary.load(source.file, source.folders());
        return Rescue.copy(source.file, target.toAbsolutePath(), source.patience);
    }

    @Override
    public Optional<EventLog> log() {
        return Optional.of(new EventLog() {
            @Override
            public List<Entry> after(long position, int limit) {
                return database.read(sql -> EventRows.after(sql, position, limit));
            }

            @Override
            public long first() {
                return database.read(sql -> sql.number("SELECT min(position) FROM events"));
            }

            @Override
            public long last() {
                return database.read(sql -> sql.number("SELECT seq FROM sqlite_sequence WHERE name = 'events'"));
            }
        });
    }

    /** Sealed with AES-GCM, by a key that stands in a file of its own beside this one, for this user alone. */
    @Override
    public void keepKey(String sessionId, Secret key) {
        String envelope = vault.seal(sessionId, key);
        database.write(sql -> sql.change(
                "INSERT INTO session_keys (session, sealed) SELECT key, ?1 FROM sessions WHERE id = ?2"
                        + " ON CONFLICT (session) DO UPDATE SET sealed = ?1",
                envelope,
                sessionId));
    }

    @Override
    public Optional<Secret> key(String sessionId) {
        return database.read(sql -> sql.first(
                        "SELECT k.sealed FROM session_keys k JOIN sessions s ON s.key = k.session WHERE s.id = ?",
                        row -> row.text("sealed"),
                        sessionId))
                .flatMap(envelope -> vault.open(sessionId, envelope));
    }

    @Override
    public void forgetKey(String sessionId) {
        boolean any = database.read(sql -> sql.number(
                        "SELECT count(*) FROM session_keys k JOIN sessions s ON s.key = k.session WHERE s.id = ?",
                        sessionId)
                != 0);
        if (any) {
            database.write(sql -> sql.change(
                    "DELETE FROM session_keys WHERE session = (SELECT key FROM sessions WHERE id = ?)", sessionId));
        }
    }

    /**
     * Takes a name for an act that is to be done once, whoever asks again.
     *
     * @param name of which a hash is kept
     * @param fingerprint of what is asked
     * @return what is known of the act that took the name before; empty if it is free, and taken now
     */
    public Optional<OneTimeAct> begin(String name, String fingerprint) {
        Instant now = clock.instant();
        return database.write(sql -> OneTimeActs.begin(sql, name, fingerprint, now));
    }

    /** Notes how an act ended. */
    public void done(String name, int status, String reply) {
        database.write(sql -> OneTimeActs.done(sql, name, status, reply));
    }

    /** Gives a name back: the act was not done. */
    public void undone(String name) {
        database.write(sql -> OneTimeActs.undone(sql, name));
    }

    @Override
    public boolean requestInterrupt(String sessionId) {
        endExpired();
        return database.write(sql -> sql.change(
                        "UPDATE sessions SET interrupt_requested = 1 WHERE id = ? AND owner IS NOT NULL AND owner <> ?",
                        sessionId,
                        leases.me())
                == 1);
    }

    @Override
    public void onInterruptRequested(Consumer<String> interrupter) {
        keeper.onInterruptRequested(interrupter);
    }

    /** Ends what this process left running, deletes what is older than it may become, and lets go of the file. */
    @Override
    public void close() {
        keeper.close();
        upkeep.close();
        try {
            // Nothing is written to a damaged file unasked.
            if (!database.isReadOnly() && database.damage().isEmpty()) {
                writeWhatIsOwed();
                unlessUnwritable(leases::end);
                unlessUnwritable(housekeeping::atTheEnd);
            }
        } finally {
            database.close();
        }
    }

    /** Says that this process lives, out of turn. */
    void renewLease() {
        leases.renew();
    }

    /** Before a read, unless that is looked at all the time. */
    private void endExpired() {
        if (!database.isReadOnly() && !watched) {
            unlessUnwritable(leases::endExpired);
        }
    }

    /** What needs the file to be written is left to the next where it cannot be at the moment: nobody asked for it. */
    private void unlessUnwritable(Runnable work) {
        try {
            work.run();
        } catch (StoreException failure) {
            if (failure.kind() == StoreException.Kind.DAMAGED) {
                throw failure;
            }
            LOG.log(Level.DEBUG, "left to the next", failure);
        }
    }

    private static Optional<Long> key(Sql sql, String sessionId) throws SQLException {
        return sql.first("SELECT key FROM sessions WHERE id = ?", row -> row.number("key"), sessionId);
    }

    /** Collects the settings of a store. Not safe for use by several threads. */
    public static final class Builder {

        private final Path file;
        private Retention retention = Retention.DEFAULT;
        private Duration patience = Duration.ofSeconds(5);
        private Clock clock = Clock.systemUTC();
        private final List<Path> libraryFolders = new ArrayList<>();
        private MonotonicClock monotonic = MonotonicClock.ofProcess();
        private Function<Path, String> diskKind = DiskKind::of;
        private boolean keepsLease = true;
        private Duration searchLimit = Duration.ofSeconds(10);
        private Duration housekeepingLimit = Duration.ofMillis(500);

        private Builder(Path file) {
            this.file = requireNonNull(file, "file is null").toAbsolutePath();
        }

        /** For how long sessions are kept. Default: 90 days. */
        public Builder retention(Retention value) {
            this.retention = requireNonNull(value, "value is null");
            return this;
        }

        /** How long another process may hold the file before a call fails. Default: 5 seconds. */
        public Builder patience(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("patience must not be negative");
            }
            this.patience = value;
            return this;
        }

        /** The clock of events and of the retention. Default: the system's. */
        public Builder clock(Clock value) {
            this.clock = requireNonNull(value, "value is null");
            return this;
        }

        /**
         * A folder that may hold programs, for SQLite's library; of several the first one that can be used counts. The last one
         * is {@code native} beside the file.
         */
        public Builder libraryFolder(Path folder) {
            libraryFolders.add(folder.toAbsolutePath());
            return this;
        }

        /** Stands for the clock by which leases age. */
        Builder monotonic(MonotonicClock value) {
            this.monotonic = value;
            return this;
        }

        /** Whether a thread renews the lease of this process. */
        Builder keepsLease(boolean value) {
            this.keepsLease = value;
            return this;
        }

        /** How long closing the store may take for what its retention says. */
        Builder housekeepingLimit(Duration value) {
            this.housekeepingLimit = value;
            return this;
        }

        /** How long a list may take. */
        Builder searchLimit(Duration value) {
            this.searchLimit = value;
            return this;
        }

        /** Stands for the look at the file system's kind. */
        Builder diskKind(Function<Path, String> value) {
            this.diskKind = value;
            return this;
        }

        private List<Path> folders() {
            List<Path> folders = new ArrayList<>(libraryFolders);
            folders.add(file.resolveSibling("native"));
            return folders;
        }

        /**
         * Only looks at the place of the file, which need not be there.
         *
         * @throws StoreException if it is on a network disk, where no store is opened
         */
        public void requireLocalDisk() {
            String kind = diskKind.apply(file);
            if (DiskKind.isNetwork(kind)) {
                throw StoreException.networkDisk(file, kind, null);
            }
        }

        /**
         * Opens the store.
         *
         * @throws StoreException if it cannot be used; nothing was made or changed
         */
        public SqliteSessionStore open() {
            requireLocalDisk();
            NativeLibrary.load(file, folders());
            return new SqliteSessionStore(this, StoreFile.open(file, patience));
        }

        /**
         * Opens the store, for a command that ends soon; one whose disk is full for reading, by this process alone. Whoever writes it is
         * told.
         *
         * @throws StoreException if it cannot be used for another reason; nothing was made or changed
         */
        public SqliteSessionStore openEvenIfFull() {
            try {
                return open();
            } catch (StoreException failure) {
                if (failure.kind() != StoreException.Kind.NO_SPACE || !Files.exists(file)) {
                    throw failure;
                }
                return new SqliteSessionStore(this, StoreFile.openFull(file, failure, patience));
            }
        }

        /**
         * Opens the store, for a program that does more than keep sessions; of a file so damaged that it cannot be opened, every use
         * fails with that, and {@link SqliteSessionStore#damage} says it.
         *
         * @throws StoreException if it cannot be used for another reason; nothing was made or changed
         */
        public SqliteSessionStore openEvenIfDamaged() {
            try {
                return open();
            } catch (StoreException failure) {
                if (failure.kind() != StoreException.Kind.DAMAGED) {
                    throw failure;
                }
                return new SqliteSessionStore(this, new Database(file, failure));
            }
        }
    }
}
