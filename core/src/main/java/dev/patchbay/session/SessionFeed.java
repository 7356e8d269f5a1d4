package dev.patchbay.session;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a session: stores a change first, and then has the receivers told, in one order for all of them and on
 * threads of their own. Safe for use by several threads; none waits for a receiver, and whoever only looks on does not wait
 * for the store.
 */
final class SessionFeed {

    private static final Logger LOG = System.getLogger(SessionFeed.class.getName());

    /** Held while the store takes a change: it may never return. */
    private final ReentrantLock writing = new ReentrantLock();

    /** Held for what is told; taken after {@link #writing} where both are. */
    private final ReentrantLock telling = new ReentrantLock();

    private final SessionStore store;
    private final Clock clock;
    private final CompletableFuture<SessionResult> result = new CompletableFuture<>();
    private final List<EventReceiver> receivers = new CopyOnWriteArrayList<>();
    private final List<SessionEvent> told = new ArrayList<>();
    private final StringBuilder openText = new StringBuilder();
    private boolean openThinking;
    private volatile boolean awaitedByListener;
    private long sequence;
    private volatile SessionRecord session;
    private @Nullable SessionEvent unstoredEnd;

    SessionFeed(SessionStore store, Clock clock, SessionRecord session) {
        this.store = store;
        this.clock = clock;
        this.session = session;
    }

    SessionRecord session() {
        return session;
    }

    /** How the session ended; only read, since what hangs on it would run on the session's thread. */
    CompletableFuture<SessionResult> result() {
        return result;
    }

    /**
     * Puts the session into the store, with what has been said.
     *
     * @throws SessionStoreException if the store does not take it
     */
    void create(List<ChatMessage> said) {
        writing.lock();
        try {
            List<SessionEvent> events = new ArrayList<>();
            for (ChatMessage message : said) {
                for (ContentBlock block : message.content()) {
                    events.add(updated(events.size() + 1L, message.role(), block, true));
                }
            }
            store.create(session, events);
            sequence = events.size();
            tell(session, events);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Goes on with a session that the store has, with what is said now.
     *
     * @param before where it stood
     * @param pieces how many pieces its conversation has
     * @throws SessionStoreException if the store does not take it
     */
    void resume(SessionStatus before, long pieces, List<ContentBlock> said) {
        writing.lock();
        try {
            List<SessionEvent> events = new ArrayList<>();
            events.add(statusChanged(before, session));
            long number = pieces;
            for (ContentBlock block : said) {
                number++;
                events.add(updated(number, ChatMessage.Role.USER, block, true));
            }
            store.update(session, events);
            sequence = number;
            tell(session, events);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Adds a receiver, which is first given what it missed.
     *
     * @param missed which of the events so far it wants; of an unfinished block it gets the text that has come
     */
    void subscribe(EventReceiver receiver, Function<SessionEvent, Boolean> missed) {
        telling.lock();
        try {
            told.stream().filter(missed::apply).forEach(receiver::add);
            if (!openText.isEmpty()) {
                receiver.add(delta(openThinking, openText.toString()));
            }
            receivers.add(receiver);
            if (session.status().isFinal()) {
                receiver.end();
            }
        } finally {
            telling.unlock();
        }
    }

    /**
     * Stores a finished piece of the conversation. Does nothing once the session has ended.
     *
     * @throws SessionStoreException if the store does not take it
     */
    void append(ChatMessage.Role role, ContentBlock block, boolean completed) {
        writing.lock();
        try {
            if (session.status().isFinal()) {
                return;
            }
            SessionRecord changed =
                    session.toBuilder().lastActivityAt(clock.instant()).build();
            SessionEvent event = updated(sequence + 1, role, block, completed);
            store.update(changed, List.of(event));
            sequence++;
            tell(changed, List.of(event));
        } finally {
            writing.unlock();
        }
    }

    /**
     * Changes the record and, with it, perhaps the status. Does nothing once the session has ended.
     *
     * @param event what to tell beside a change of status
     * @return whether the change was made
     * @throws SessionStoreException if the store does not take it
     */
    boolean change(UnaryOperator<SessionRecord.Builder> change, Function<SessionRecord, Optional<SessionEvent>> event) {
        writing.lock();
        try {
            SessionStatus before = session.status();
            if (before.isFinal()) {
                return false;
            }
            SessionRecord changed = change.apply(session.toBuilder())
                    .lastActivityAt(clock.instant())
                    .build();
            List<SessionEvent> events = new ArrayList<>(1);
            if (changed.status() != before) {
                events.add(new SessionEvent.StatusChanged(changed.id(), before, changed.status()));
            }
            event.apply(changed).ifPresent(events::add);
            store.update(changed, events);
            return tell(changed, events);
        } finally {
            writing.unlock();
        }
    }

    boolean change(UnaryOperator<SessionRecord.Builder> change) {
        return change(change, changed -> Optional.empty());
    }

    /**
     * Ends the session: the result is complete before the last event is told. Where the store does not take the end, the
     * session has failed with that. Does nothing once the session has ended.
     *
     * @param content the answer as far as it came
     * @param cause why it failed, if it did
     */
    void end(UnaryOperator<SessionRecord.Builder> change, List<ContentBlock> content, @Nullable Throwable cause) {
        writing.lock();
        try {
            SessionStatus before = session.status();
            if (before.isFinal()) {
                storeUnstoredEnd();
                return;
            }
            Throwable reason = cause;
            SessionRecord ended = finished(change);
            try {
                store.update(ended, List.of(statusChanged(before, ended)));
            } catch (SessionStoreException failure) {
                reason = reason(cause, failure);
                ended = failed(change, failure);
                storeIfPossible(before, ended, failure);
            }
            if (!tellEnd(ended, content, reason)) {
                storeUnstoredEnd();
            }
        } finally {
            writing.unlock();
        }
    }

    /**
     * Ends the session without the store, which does not answer: it hears of the end if it ever does. Never waits. Does nothing
     * once the session has ended.
     *
     * @param content the answer as far as it came
     */
    void endUnstored(List<ContentBlock> content) {
        SessionStoreException failure =
                new SessionStoreException(new TimeoutException("it did not answer, and was waited for no longer"));
        telling.lock();
        try {
            SessionStatus before = session.status();
            if (tellEnd(failed(UnaryOperator.identity(), failure), content, failure)) {
                unstoredEnd = statusChanged(before, session);
            }
        } finally {
            telling.unlock();
        }
    }

    /** Lets whoever waits go on where {@link #end} itself failed, as it does without memory. Does nothing if it did not. */
    void giveUp() {
        if (!result.isDone()) {
            result.completeExceptionally(new IllegalStateException("the session could not be ended"));
        }
    }

    /** Tells something that is not stored. Does nothing once the session has ended. */
    void publish(SessionEvent event) {
        telling.lock();
        try {
            if (!session.status().isFinal()) {
                tell(event);
            }
        } finally {
            telling.unlock();
        }
    }

    /** Tells more of the block that is open. */
    void publishText(boolean thinking, String text) {
        telling.lock();
        try {
            if (session.status().isFinal()) {
                return;
            }
            openThinking = thinking;
            openText.append(text);
            SessionEvent event = delta(thinking, text);
            receivers.forEach(receiver -> receiver.add(event));
        } finally {
            telling.unlock();
        }
    }

    /**
     * Notes that a thread waits for the end: if it is a listener's, the session must not wait for that listener. Does not wait
     * for the store.
     *
     * @return whether it is a listener's
     */
    boolean isAwaitedBy(Thread thread) {
        boolean listener = receivers.stream().anyMatch(receiver -> receiver.isAt(thread));
        if (listener) {
            awaitedByListener = true;
        }
        return listener;
    }

    /**
     * Waits until whoever listens has been told what there is by now, as long as each goes on.
     *
     * @param patience how long to wait for a receiver that is at one event, in nanoseconds
     * @param deadline when to wait no more, by {@link System#nanoTime}
     */
    void awaitTold(long patience, long deadline) throws InterruptedException {
        for (EventReceiver receiver : receivers()) {
            receiver.awaitTold(patience, deadline);
        }
    }

    private List<EventReceiver> receivers() {
        telling.lock();
        try {
            return List.copyOf(receivers);
        } finally {
            telling.unlock();
        }
    }

    /** About how many bytes wait for listeners that are slower than the session; 0 if none do. */
    long backlog() {
        return awaitedByListener
                ? 0
                : receivers.stream().mapToLong(EventReceiver::backlog).sum();
    }

    private SessionEvent updated(long number, ChatMessage.Role role, ContentBlock block, boolean completed) {
        return new SessionEvent.ConversationUpdated(
                session.id(), new ConversationEvent(session.id(), number, clock.instant(), role, block, completed));
    }

    private SessionEvent delta(boolean thinking, String text) {
        return thinking
                ? new SessionEvent.ThinkingDelta(session.id(), text)
                : new SessionEvent.TextDelta(session.id(), text);
    }

    private static SessionEvent statusChanged(SessionStatus before, SessionRecord after) {
        return new SessionEvent.StatusChanged(after.id(), before, after.status());
    }

    private SessionRecord finished(UnaryOperator<SessionRecord.Builder> change) {
        return change.apply(session.toBuilder())
                .lastActivityAt(clock.instant())
                .completedAt(clock.instant())
                .build();
    }

    /** What is known of the answer stays, but half a store is a failure whatever the provider did. */
    private SessionRecord failed(UnaryOperator<SessionRecord.Builder> change, SessionStoreException failure) {
        SessionRecord known = finished(change);
        SessionError error =
                known.error().orElseGet(() -> SessionError.of(session.provider().orElse(""), failure));
        return known.toBuilder().status(SessionStatus.FAILED).error(error).build();
    }

    private static Throwable reason(@Nullable Throwable cause, SessionStoreException failure) {
        if (cause == null) {
            return failure;
        }
        failure.noteIn(cause);
        return cause;
    }

    /** A store that failed for a moment shall know the end all the same. */
    private void storeIfPossible(SessionStatus before, SessionRecord ended, SessionStoreException failure) {
        try {
            store.update(ended, List.of(statusChanged(before, ended)));
        } catch (SessionStoreException again) {
            again.noteIn(failure);
        }
    }

    /** So shall one that answers again. */
    private void storeUnstoredEnd() {
        takeUnstoredEnd().ifPresent(end -> {
            try {
                store.update(session, List.of(end));
            } catch (SessionStoreException again) {
                LOG.log(Level.DEBUG, "the store does not know the end of a session", again);
            }
        });
    }

    private Optional<SessionEvent> takeUnstoredEnd() {
        telling.lock();
        try {
            Optional<SessionEvent> end = Optional.ofNullable(unstoredEnd);
            unstoredEnd = null;
            return end;
        } finally {
            telling.unlock();
        }
    }

    /**
     * Tells what the store has taken.
     *
     * @return whether it was told: nobody is told anything after an end without the store
     */
    private boolean tell(SessionRecord changed, List<SessionEvent> events) {
        telling.lock();
        try {
            if (session.status().isFinal()) {
                return false;
            }
            session = changed;
            events.forEach(this::tell);
            return true;
        } finally {
            telling.unlock();
        }
    }

    private boolean tellEnd(SessionRecord ended, List<ContentBlock> content, @Nullable Throwable cause) {
        telling.lock();
        try {
            SessionStatus before = session.status();
            if (before.isFinal()) {
                return false;
            }
            session = ended;
            openText.setLength(0);
            result.complete(new SessionResult(ended, content, cause));
            tell(statusChanged(before, ended));
            receivers.forEach(EventReceiver::end);
            return true;
        } finally {
            telling.unlock();
        }
    }

    private void tell(SessionEvent event) {
        if (event instanceof SessionEvent.ConversationUpdated) {
            openText.setLength(0);
        }
        told.add(event);
        receivers.forEach(receiver -> receiver.add(event));
    }
}
