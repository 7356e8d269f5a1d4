package dev.patchbay.session;

import dev.patchbay.spi.Secret;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps sessions and their conversations: enough to show, to continue and to change a session, in another process too if the
 * store lasts.
 *
 * <p>Implementations are used by many threads at once. A method that returns has made its change durable, as far as the
 * store is durable at all: what was shown to a subscriber is never missing afterwards. A change that cannot be made throws,
 * whatever exception says why best, and leaves everything as it was; the session ends with it, visibly.
 *
 * <p>A store that several processes share keeps, as long as it is open, a lease on the sessions that it created and that have
 * not ended, renews it itself, and turns sessions whose lease has run out to {@link SessionStatus#FAILED}.
 */
public interface SessionStore extends AutoCloseable {

    /**
     * Adds a session, and what is known of its conversation.
     *
     * @param events as in {@link #update}
     * @throws IllegalStateException if there is one with that id
     */
    void create(SessionRecord session, List<SessionEvent> events);

    /**
     * Replaces a session's record and adds what happened, both or neither.
     *
     * @param events in order; the {@linkplain ConversationEvent#sequence sequence} of a {@link
     *     SessionEvent.ConversationUpdated} follows the last one of the session
     * @throws IllegalStateException if there is no session with that id, or a sequence does not follow
     */
    void update(SessionRecord session, List<SessionEvent> events);

    Optional<SessionRecord> find(String sessionId);

    /** The pieces of one session's own conversation, in order; empty for an unknown session. */
    List<ConversationEvent> conversation(String sessionId);

    /**
     * The conversation of a session through the sessions that it continues, oldest first. Each text is kept once, with the
     * session in which it was said.
     */
    default List<ConversationEvent> history(String sessionId) {
        Deque<String> chain = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        Optional<String> next = Optional.of(sessionId);
        while (next.isPresent() && seen.add(next.get())) {
            chain.push(next.get());
            next = find(next.get()).flatMap(SessionRecord::parentId);
        }
        List<ConversationEvent> all = new ArrayList<>();
        chain.forEach(id -> all.addAll(conversation(id)));
        return all;
    }

    /** One page of the sessions that a query asks for, newest activity first. */
    SessionPage list(SessionQuery query);

    /**
     * Deletes a session, its conversation and its events. What continued it stays, and begins where it began itself.
     *
     * @return whether there was one
     */
    boolean forget(String sessionId);

    /** What happened in all sessions, in one order, for subscribers that were away; empty for a store that keeps no log. */
    default Optional<EventLog> log() {
        return Optional.empty();
    }

    /**
     * Asks the process that runs a session to interrupt it.
     *
     * @return whether another process holds a lease on it; false for a store of one process
     */
    default boolean requestInterrupt(String sessionId) {
        return false;
    }

    /**
     * Names who interrupts sessions of this process that another one asked to end; called once, before the first session.
     *
     * @param interrupter takes the id of a session, which may have ended; does not wait
     */
    default void onInterruptRequested(Consumer<String> interrupter) {}

    /**
     * Keeps the key that a session was given, so that another process can continue it: sealed, so that whoever has the store alone does
     * not have the key, and as long as the session is there. Default: it is not kept.
     */
    default void keepKey(String sessionId, Secret key) {}

    /** The key that {@link #keepKey} kept last; empty if there is none that can be read. */
    default Optional<Secret> key(String sessionId) {
        return Optional.empty();
    }

    /** Forgets the key of a session. Default: nothing. */
    default void forgetKey(String sessionId) {}

    /** Releases what the store holds. Default: nothing. */
    @Override
    default void close() {}
}
