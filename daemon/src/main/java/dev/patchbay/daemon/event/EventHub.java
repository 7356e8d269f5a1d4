package dev.patchbay.daemon.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.session.EventLog;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.store.SqliteSessionStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells subscribers what happens in all sessions of the store, in one order: what is stored is read from the store's log, of
 * whatever process it is, so that it is there before anybody sees it; pieces of text come from the sessions of this process, between
 * what is stored before and behind them. One thread reads and tells. Safe for use by several threads.
 */
@Singleton
public final class EventHub implements AutoCloseable {

    private static final Logger LOG = System.getLogger(EventHub.class.getName());

    /** How often the log is looked at for events of other processes. */
    private static final long LOOK_MILLIS = 100;

    private static final long QUIET_MILLIS = 15_000;
    private static final int PAGE = 64;

    /** Pieces of text that wait to be told; what is more is left out, since the whole follows. */
    private static final int MOST_WAITING = 100_000;

    /** Of one piece, in characters; of a longer one nobody is told what it has come to. */
    private static final int MOST_UNFINISHED = 4_000_000;

    /** What is told at once, in bytes: however much another process has written, about so much of it is held. */
    private static final long MOST_AT_ONCE = 1 << 20;

    private static final int MOST_SESSIONS = 20_000;
    private static final int MOST_SUBSCRIBERS = 2_000;
    private static final long END_MILLIS = 2_000;

    private final EventLog log;
    private final Clock clock;
    private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Set<Subscription> subscribers = ConcurrentHashMap.newKeySet();
    private final PageRoom replays = new PageRoom(Runtime.getRuntime().maxMemory() / 8);
    private final Map<String, SessionListener> running = new ConcurrentHashMap<>();
    private final Map<String, Told> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
            return size() > MOST_SESSIONS;
        }
    };
    private final Thread thread = new Thread(this::run, "patchbay-events");
    private List<Frame> batch = new ArrayList<>();
    private long batchBytes;
    private volatile boolean closed;
    private String saidOfFailure = "";

    /** Of what was told last; negative until the store could be read. */
    private long position = -1;

    private long quietSince = System.nanoTime();

    @Inject
    EventHub(SqliteSessionStore store, Clock clock) {
        this.log = store.log().orElseThrow();
        this.clock = clock;
        begin();
        thread.setDaemon(true);
        thread.start();
    }

    private void begin() {
        try {
            position = log.last();
        } catch (RuntimeException failure) {
            unreadable(failure);
        }
    }

    /** How far a session has been told. */
    private record Told(String runId, long sequence) {}

    /** Hears one session of this process, from its first event on. */
    public Consumer<SessionEvent> listener() {
        return new SessionListener();
    }

    /** Something was stored: looks now, and not a little later. */
    public void wake() {
        work.offer(() -> {});
    }

    /** That of the newest event: what comes after it is told to whoever subscribes from there. */
    public long position() {
        return log.last();
    }

    /** How many sessions of this process run now. */
    public int running() {
        return running.size();
    }

    /** How many subscribe now. */
    public int subscribers() {
        return subscribers.size();
    }

    /** Ends every subscription: a client that comes again has to have the token of then. */
    public void endAll() {
        subscribers.forEach(Subscription::end);
    }

    /** Ends those subscriptions whose right to listen has ended, which is looked at with every comment as well. */
    public void endUnwelcome() {
        subscribers.forEach(Subscription::endUnlessWelcome);
    }

    /** Whether there is room for one more. */
    boolean add(Subscription subscription) {
        if (closed || subscribers.size() >= MOST_SUBSCRIBERS) {
            return false;
        }
        subscribers.add(subscription);
        return true;
    }

    void remove(Subscription subscription) {
        subscribers.remove(subscription);
    }

    /** Whether all that happened after a position is still in the log. */
    boolean knows(long after) {
        long last = log.last();
        if (after < 0 || after > last) {
            return false;
        }
        return after == last || (log.first() != 0 && log.first() <= after + 1);
    }

    /** A page of what happened after a position; empty at the end of the log. */
    List<Frame> page(long after) {
        return log.after(after, PAGE).stream().map(Frame::of).toList();
    }

    PageRoom replays() {
        return replays;
    }

    /**
     * Lets a subscriber take part from where it stands: between what it was given and what it will be told is no gap.
     *
     * @param sessionId whose text under way it is given first, to which the next piece is added
     */
    void join(Subscription subscription, Optional<String> sessionId) {
        Optional<SessionListener> running = sessionId.map(this.running::get);
        if (running.isPresent()) {
            running.get().join(subscription, sessionId.get());
        } else {
            join(subscription, Optional::empty);
        }
    }

    private void join(Subscription subscription, Supplier<Optional<Frame>> underWay) {
        onThread(() -> {
            flush();
            try {
                joinNow(subscription, underWay);
            } catch (RuntimeException failure) {
                subscription.refuse(failure);
            }
        });
    }

    private void joinNow(Subscription subscription, Supplier<Optional<Frame>> underWay) {
        if (position < 0) {
            position = log.last();
        }
        long from = subscription.position().orElse(position);
        // Who missed nothing is to know now, and not by silence, that events cannot be read.
        log.first();
        List<EventLog.Entry> page = from < position ? log.after(from, PAGE) : List.of();
        List<Frame> missed = page.stream()
                .filter(entry -> entry.position() <= position)
                .map(Frame::of)
                .toList();
        boolean all = page.isEmpty() || page.get(page.size() - 1).position() >= position;
        boolean large = missed.stream().anyMatch(Frame::isLarge);
        subscription.joined(position, large ? List.of() : missed, underWay.get(), all && !large);
    }

    private void onThread(Runnable task) {
        try {
            work.put(task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                @Nullable Runnable first = work.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    first.run();
                    List<Runnable> more = new ArrayList<>();
                    work.drainTo(more, PAGE);
                    more.forEach(Runnable::run);
                }
                readLog();
                flush();
                beat();
            } catch (InterruptedException end) {
                return;
            } catch (RuntimeException failure) {
                unreadable(failure);
                pause();
            }
        }
    }

    /** Said once, since it is met again every second for as long as the store is so. */
    private void unreadable(RuntimeException failure) {
        String now = String.valueOf(failure.getMessage());
        if (!now.equals(saidOfFailure)) {
            saidOfFailure = now;
            LOG.log(Level.WARNING, "events cannot be read from the store, and are told when they can: {0}", now);
            LOG.log(Level.DEBUG, "so it was met", failure);
        }
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void readLog() {
        if (position < 0) {
            position = log.last();
        }
        List<EventLog.Entry> entries;
        do {
            entries = log.last() == position ? List.of() : log.after(position, PAGE);
            for (EventLog.Entry entry : entries) {
                position = entry.position();
                tell(entry);
            }
            if (batchBytes > MOST_AT_ONCE) {
                flush();
            }
        } while (!entries.isEmpty());
    }

    private void tell(EventLog.Entry entry) {
        SessionEvent event = entry.event();
        if (event instanceof SessionEvent.ConversationUpdated updated) {
            told.put(event.sessionId(), new Told(entry.runId(), updated.event().sequence()));
        } else if (event instanceof SessionEvent.StatusChanged changed
                && changed.to().isFinal()) {
            told.remove(event.sessionId());
        }
        if (!subscribers.isEmpty()) {
            add(Frame.of(entry));
        }
    }

    private void add(Frame frame) {
        batch.add(frame);
        batchBytes += frame.bytes().length();
    }

    private void flush() {
        if (batch.isEmpty()) {
            return;
        }
        FrameBatch frames = new FrameBatch(batch);
        batch = new ArrayList<>();
        batchBytes = 0;
        subscribers.forEach(subscriber -> subscriber.tell(frames));
    }

    private void beat() {
        if (System.nanoTime() - quietSince > TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS - LOOK_MILLIS * 10)) {
            quietSince = System.nanoTime();
            endUnwelcome();
            subscribers.forEach(Subscription::beat);
        }
    }

    @Override
    public void close() {
        closed = true;
        endAll();
        replays.close();
        thread.interrupt();
        try {
            thread.join(Duration.ofMillis(END_MILLIS).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The text that a running session of this process has come to since its last stored piece; empty if there is none. */
    public Optional<UnfinishedText> unfinished(String sessionId) {
        return Optional.ofNullable(running.get(sessionId)).flatMap(SessionListener::unfinished);
    }

    /** Why the provider of a running session of this process is asked again; empty if it is not. */
    public Optional<SessionEvent.Retrying> retrying(String sessionId) {
        return Optional.ofNullable(running.get(sessionId)).map(session -> session.retrying);
    }

    private void tellRetrying(String sessionId) {
        String runId = Optional.ofNullable(told.get(sessionId)).map(Told::runId).orElse("");
        ObjectNode data = Json.object().put("session_id", sessionId);
        add(Frame.passing(Frame.RETRYING, sessionId, runId, clock.instant(), data));
    }

    /** Hands on the pieces of text of one session; what is stored is told by the log. */
    private final class SessionListener implements Consumer<SessionEvent> {

        private final StringBuilder text = new StringBuilder();
        private String kind = "";
        private volatile SessionEvent.@Nullable Retrying retrying;
        private long sequence;
        private long length;

        @Override
        public void accept(SessionEvent event) {
            if (event instanceof SessionEvent.ConversationUpdated updated) {
                stored(updated.event().sequence());
                long stored = updated.event().sequence();
                work.offer(() -> readUpTo(event.sessionId(), stored));
            } else if (event instanceof SessionEvent.Retrying failed) {
                retrying = failed;
                work.offer(() -> tellRetrying(failed.sessionId()));
            } else if (event instanceof SessionEvent.TextDelta delta) {
                delta(delta.sessionId(), "message", delta.text());
            } else if (event instanceof SessionEvent.ThinkingDelta delta) {
                delta(delta.sessionId(), "thinking", delta.text());
            } else {
                follow(event);
                wake();
            }
        }

        private void follow(SessionEvent event) {
            if (event instanceof SessionEvent.ProviderChanged) {
                retrying = null;
            }
            if (event instanceof SessionEvent.StatusChanged changed) {
                if (changed.to().isFinal()) {
                    running.remove(event.sessionId());
                } else {
                    running.put(event.sessionId(), this);
                }
            }
        }

        private synchronized void stored(long last) {
            sequence = last;
            text.setLength(0);
            length = 0;
        }

        private synchronized void delta(String sessionId, String type, String piece) {
            retrying = null;
            long belongsTo = sequence + 1;
            long offset = length;
            kind = type;
            length += piece.length();
            if (length <= MOST_UNFINISHED) {
                text.append(piece);
            }
            if (!subscribers.isEmpty()) {
                work.offer(() -> tellDelta(sessionId, belongsTo, offset, type, piece));
            }
        }

        /** The pieces so far are told to others before the subscriber takes part, and those to come after it: each is told to it once. */
        private synchronized void join(Subscription subscription, String sessionId) {
            Optional<UnfinishedText> soFar = unfinished();
            EventHub.this.join(
                    subscription,
                    () -> soFar.flatMap(text -> EventHub.this
                            .delta(sessionId, text.sequence(), 0, text.type(), text.text())
                            .filter(frame -> !frame.isLarge())));
        }

        private synchronized Optional<UnfinishedText> unfinished() {
            return text.isEmpty() || length > MOST_UNFINISHED
                    ? Optional.empty()
                    : Optional.of(new UnfinishedText(sequence + 1, kind, text.toString()));
        }
    }

    private void readUpTo(String sessionId, long sequence) {
        Told known = told.get(sessionId);
        if (known == null || known.sequence < sequence) {
            readLog();
        }
    }

    private void tellDelta(String sessionId, long sequence, long offset, String type, String text) {
        delta(sessionId, sequence, offset, type, text).ifPresent(this::add);
    }

    /** A piece of a block that was told as a whole meanwhile is left out. */
    private Optional<Frame> delta(String sessionId, long sequence, long offset, String type, String text) {
        Told known = told.get(sessionId);
        if (known == null || known.sequence >= sequence) {
            return Optional.empty();
        }
        ObjectNode data = Json.object();
        data.put("session_id", sessionId)
                .put("run_id", known.runId)
                .put("sequence", sequence)
                .put("event_type", type)
                .put("offset", offset)
                .put("content", text);
        return Optional.of(Frame.passing("conversation_delta", sessionId, known.runId, clock.instant(), data));
    }
}
