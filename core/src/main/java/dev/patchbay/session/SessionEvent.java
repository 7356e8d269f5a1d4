package dev.patchbay.session;

import dev.patchbay.spi.ProviderException;
import java.time.Duration;

/** Something that happened in a session. What is stored is stored before a listener sees it. */
public sealed interface SessionEvent {

    String sessionId();

    /** The session stands elsewhere than before. */
    record StatusChanged(String sessionId, SessionStatus from, SessionStatus to) implements SessionEvent {}

    /** A piece of the conversation is finished and stored. */
    record ConversationUpdated(String sessionId, ConversationEvent event) implements SessionEvent {}

    /** More text of the answer; not stored, and followed by a {@link ConversationUpdated} with the whole. */
    record TextDelta(String sessionId, String text) implements SessionEvent {}

    /** More of what the model thinks; not stored, and followed by a {@link ConversationUpdated} with the whole. */
    record ThinkingDelta(String sessionId, String text) implements SessionEvent {}

    /**
     * The provider failed before a byte of the answer came, and will be asked again.
     *
     * @param attempt the attempt to come, from 2
     * @param delay how long until then
     * @param failure why
     */
    record Retrying(String sessionId, int attempt, Duration delay, ProviderException failure) implements SessionEvent {}

    /**
     * The provider failed before a byte of the answer came, and the session goes on with another one, as a fallback in the
     * provider's file says.
     *
     * @param from the provider that failed
     * @param to the provider that is asked next
     * @param model the model that it is asked for, as it goes on the wire
     * @param failure why
     */
    record ProviderChanged(String sessionId, String from, String to, String model, ProviderException failure)
            implements SessionEvent {}

    /** The provider settings were changed; they hold from the next call on. */
    record SettingsChanged(String sessionId, SessionRecord session) implements SessionEvent {}
}
