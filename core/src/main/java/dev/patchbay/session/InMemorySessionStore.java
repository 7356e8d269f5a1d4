package dev.patchbay.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in memory: every session that runs, and of those that have ended the last 1 000, as long as all together
 * take at most 64 MiB; the one that ended first goes first.
 *
 * <p>A conversation that was continued is kept whole for the last session that continues it and is still here, each text
 * once, also where the sessions before it have gone. Safe for use by several threads.
 */
public final class InMemorySessionStore implements SessionStore {

    /** The most sessions that are kept after their end. */
    public static final int MOST_ENDED = 1_000;

    /** About the most memory that is taken, in bytes; only sessions that run can take more. */
    public static final long MOST_BYTES = 64L << 20;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\x{0}]+");

    private final Object lock = new Object();
    private final int mostEnded;
    private final long mostBytes;
    private final Map<String, Entry> sessions = new HashMap<>();
    private final Map<String, Entry> ended = new LinkedHashMap<>();
    private long bytes;

    /** A store with the usual limits. */
    public InMemorySessionStore() {
        this(MOST_ENDED, MOST_BYTES);
    }

    /**
     * A store with other limits.
     *
     * @param mostEnded sessions that are kept after their end, at least 0
     * @param mostBytes about the memory that all sessions take, at least 0
     * @throws IllegalArgumentException if one is negative
     */
    public InMemorySessionStore(int mostEnded, long mostBytes) {
        if (mostEnded < 0 || mostBytes < 0) {
            throw new IllegalArgumentException("a limit must not be negative");
        }
        this.mostEnded = mostEnded;
        this.mostBytes = mostBytes;
    }

    @Override
    public void create(SessionRecord session, List<SessionEvent> events) {
        synchronized (lock) {
            if (sessions.containsKey(session.id())) {
                throw new IllegalStateException("session " + session.id() + " is there already");
            }
            Entry entry = new Entry(session.parentId().map(sessions::get).orElse(null));
            List<ConversationEvent> said = entry.following(session.id(), events);
            sessions.put(session.id(), entry);
            set(entry, session);
            add(entry, said);
        }
    }

    @Override
    public void update(SessionRecord session, List<SessionEvent> events) {
        synchronized (lock) {
            Entry entry = require(session.id());
            List<ConversationEvent> said = entry.following(session.id(), events);
            set(entry, session);
            add(entry, said);
        }
    }

    @Override
    public Optional<SessionRecord> find(String sessionId) {
        synchronized (lock) {
            return Optional.ofNullable(sessions.get(sessionId)).map(Entry::record);
        }
    }

    @Override
    public List<ConversationEvent> conversation(String sessionId) {
        synchronized (lock) {
            Entry entry = sessions.get(sessionId);
            return entry == null ? List.of() : List.copyOf(entry.said);
        }
    }

    @Override
    public List<ConversationEvent> history(String sessionId) {
        synchronized (lock) {
            Deque<Entry> chain = new ArrayDeque<>();
            for (Entry entry = sessions.get(sessionId); entry != null; entry = entry.parent) {
                chain.push(entry);
            }
            List<ConversationEvent> all = new ArrayList<>();
            chain.forEach(entry -> all.addAll(entry.said));
            return all;
        }
    }

    @Override
    public SessionPage list(SessionQuery query) {
        synchronized (lock) {
            Set<String> parents = new HashSet<>();
            if (query.leavesOnly()) {
                sessions.values().forEach(entry -> entry.record().parentId().ifPresent(parents::add));
            }
            List<SessionRecord> found = new ArrayList<>();
            for (Entry entry : sessions.values()) {
                SessionRecord session = entry.record();
                if (query.takes(session)
                        && !parents.contains(session.id())
                        && query.text().map(entry::holds).orElse(true)) {
                    found.add(session);
                }
            }
            return PageCursor.page(found, query);
        }
    }

    @Override
    public boolean forget(String sessionId) {
        synchronized (lock) {
            Entry entry = sessions.get(sessionId);
            if (entry == null) {
                return false;
            }
            bytes -= entry.saidBytes;
            entry.saidBytes = 0;
            entry.said.clear();
            remove(sessionId, entry);
            return true;
        }
    }

    private Entry require(String sessionId) {
        Entry entry = sessions.get(sessionId);
        if (entry == null) {
            throw new IllegalStateException("there is no session " + sessionId);
        }
        return entry;
    }

    private void set(Entry entry, SessionRecord session) {
        bytes -= entry.recordBytes;
        entry.set(session);
        bytes += entry.recordBytes;
        if (session.status().isFinal()) {
            ended.remove(session.id());
            ended.put(session.id(), entry);
        }
        release();
    }

    private void add(Entry entry, List<ConversationEvent> said) {
        long more =
                said.stream().mapToLong(event -> MemoryUse.of(event.block())).sum();
        entry.said.addAll(said);
        entry.saidBytes += more;
        bytes += more;
        release();
    }

    private void release() {
        Iterator<Map.Entry<String, Entry>> oldest = ended.entrySet().iterator();
        while (oldest.hasNext() && (ended.size() > mostEnded || bytes > mostBytes)) {
            Map.Entry<String, Entry> next = oldest.next();
            oldest.remove();
            remove(next.getKey(), next.getValue());
        }
    }

    private void remove(String sessionId, Entry entry) {
        sessions.remove(sessionId);
        ended.remove(sessionId);
        bytes -= entry.recordBytes;
        entry.recordBytes = 0;
        entry.record = null;
        letGo(entry);
    }

    /** What nobody holds any more takes no memory: the texts of a session are held by it and by those that continue it. */
    private void letGo(Entry first) {
        Entry entry = first;
        while (entry != null && --entry.holders == 0) {
            bytes -= entry.saidBytes;
            entry.saidBytes = 0;
            entry = entry.parent;
        }
    }

    private static final class Entry {

        private final @Nullable Entry parent;
        private final List<ConversationEvent> said = new ArrayList<>(2);
        private @Nullable SessionRecord record;
        private long saidBytes;
        private long recordBytes;
        private long templateBytes;
        private int holders = 1;

        private Entry(@Nullable Entry parent) {
            this.parent = parent;
            if (parent != null) {
                parent.holders++;
            }
        }

        /** A template is large, and stays what it was through the life of a session. */
        private void set(SessionRecord session) {
            if (record == null || record.template() != session.template()) {
                templateBytes = MemoryUse.of(session.template(), parent == null ? Optional.empty() : parent.template());
            }
            record = session;
            recordBytes = MemoryUse.of(session) + templateBytes;
        }

        private SessionRecord record() {
            SessionRecord known = record;
            if (known == null) {
                throw new IllegalStateException("the session is not kept any more");
            }
            return known;
        }

        private Optional<RequestTemplate> template() {
            return Optional.ofNullable(record).map(SessionRecord::template);
        }

        /** Whether each of the words is somewhere in it. */
        private boolean holds(String text) {
            return BLANKS.splitAsStream(text).filter(word -> !word.isEmpty()).allMatch(this::holdsWord);
        }

        private boolean holdsWord(String text) {
            return contains(record().title(), text)
                    || contains(record().query(), text)
                    || said.stream()
                            .anyMatch(event -> event.text()
                                    .filter(words -> contains(words, text))
                                    .isPresent());
        }

        private static boolean contains(String words, String text) {
            return words.toLowerCase(Locale.ROOT).contains(text);
        }

        /** What was said, if it follows what was said before. */
        private List<ConversationEvent> following(String sessionId, List<SessionEvent> events) {
            List<ConversationEvent> following = new ArrayList<>(events.size());
            for (SessionEvent event : events) {
                if (event instanceof SessionEvent.ConversationUpdated updated) {
                    long last = (long) said.size() + following.size();
                    if (updated.event().sequence() != last + 1) {
                        throw new IllegalStateException(
                                "event " + updated.event().sequence() + " of session " + sessionId
                                        + " does not follow event " + last);
                    }
                    following.add(updated.event());
                }
            }
            return following;
        }
    }
}
