package dev.patchbay.session;

import java.util.List;
import java.util.Optional;

/**
 * Keeps sessions and their conversations.
 *
 * <p>Implementations are used by many threads at once. A method that returns has made its change durable, as far as the
 * store is durable at all: what was shown to a subscriber is never missing afterwards.
 */
public interface SessionStore extends AutoCloseable {

    /**
     * Adds a session.
     *
     * @throws IllegalStateException if there is one with that id
     */
    void create(SessionRecord session);

    /**
     * Replaces a session's record.
     *
     * @throws IllegalStateException if there is none with that id
     */
    void update(SessionRecord session);

    /**
     * Adds a piece to a conversation.
     *
     * @param event its {@link ConversationEvent#sequence} follows the last one of its session
     * @throws IllegalStateException if there is no such session, or the sequence does not follow
     */
    void append(ConversationEvent event);

    Optional<SessionRecord> find(String sessionId);

    /** The pieces of one session's own conversation, in order; empty for an unknown session. */
    List<ConversationEvent> conversation(String sessionId);

    /** Every session, newest activity first. */
    List<SessionRecord> sessions();

    /** Releases what the store holds. Default: nothing. */
    @Override
    default void close() {}
}
