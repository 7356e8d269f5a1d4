package dev.patchbay.session;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The one writer of a session: stores a change first and tells the listeners then, in one order for all of them.
 *
 * <p>Safe for use by several threads. Listeners run on the thread that makes the change.
 */
final class SessionFeed {

    private static final Logger LOG = System.getLogger(SessionFeed.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final SessionStore store;
    private final Clock clock;
    private final List<Consumer<SessionEvent>> listeners = new ArrayList<>();
    private SessionRecord session;
    private long sequence;

    SessionFeed(SessionStore store, Clock clock, SessionRecord session) {
        this.store = store;
        this.clock = clock;
        this.session = session;
        store.create(session);
    }

    SessionRecord session() {
        lock.lock();
        try {
            return session;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a listener, which is given what was stored so far before anything new. */
    void subscribe(Consumer<SessionEvent> listener) {
        lock.lock();
        try {
            for (ConversationEvent event : store.conversation(session.id())) {
                tell(listener, new SessionEvent.ConversationUpdated(session.id(), event));
            }
            listeners.add(listener);
        } finally {
            lock.unlock();
        }
    }

    /** Stores a finished piece of the conversation. */
    void append(ChatMessage.Role role, ContentBlock block, boolean completed) {
        lock.lock();
        try {
            ConversationEvent event =
                    new ConversationEvent(session.id(), ++sequence, clock.instant(), role, block, completed);
            store.append(event);
            change(record -> record);
            publish(new SessionEvent.ConversationUpdated(session.id(), event));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Changes the record and, with it, perhaps the status. Does nothing once the session has ended.
     *
     * @return whether the change was made
     */
    boolean change(UnaryOperator<SessionRecord.Builder> change) {
        lock.lock();
        try {
            SessionStatus before = session.status();
            if (before.isFinal()) {
                return false;
            }
            session = change.apply(session.toBuilder())
                    .lastActivityAt(clock.instant())
                    .build();
            store.update(session);
            if (session.status() != before) {
                publish(new SessionEvent.StatusChanged(session.id(), before, session.status()));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Changes the settings of the record, also of a session that has ended: they hold for what continues it. */
    void settings(UnaryOperator<SessionRecord.Builder> change) {
        lock.lock();
        try {
            session = change.apply(session.toBuilder())
                    .lastActivityAt(clock.instant())
                    .build();
            store.update(session);
            publish(new SessionEvent.SettingsChanged(session.id(), session));
        } finally {
            lock.unlock();
        }
    }

    /** Tells the listeners something that is not stored. */
    void publish(SessionEvent event) {
        lock.lock();
        try {
            for (Consumer<SessionEvent> listener : List.copyOf(listeners)) {
                tell(listener, event);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void tell(Consumer<SessionEvent> listener, SessionEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException fault) {
            // A listener is the embedder's: its fault must not end a session that others watch too.
            LOG.log(Level.WARNING, "a session listener threw", fault);
        }
    }
}
