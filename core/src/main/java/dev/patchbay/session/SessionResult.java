package dev.patchbay.session;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.codec.JoinedText;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a session ended. Immutable.
 *
 * <p>Half an answer never passes for a whole one: {@link #text} throws unless the session completed.
 */
public final class SessionResult {

    private final SessionRecord session;
    private final List<ContentBlock> content;
    private final @Nullable Throwable cause;

    SessionResult(SessionRecord session, List<ContentBlock> content, @Nullable Throwable cause) {
        this.session = session;
        this.content = List.copyOf(content);
        this.cause = cause;
    }

    /** The session as it ended. */
    public SessionRecord session() {
        return session;
    }

    public SessionStatus status() {
        return session.status();
    }

    /**
     * The text of the answer.
     *
     * @throws SessionException if the session failed or was interrupted
     */
    public String text() {
        if (status() != SessionStatus.COMPLETED) {
            throw new SessionException(session, cause);
        }
        return textSoFar();
    }

    /** The text that came, whole or not, that with other blocks between it as paragraphs. */
    public String textSoFar() {
        return JoinedText.of(content);
    }

    /** Every block of the answer, in order: text, thinking, tool calls. */
    public List<ContentBlock> content() {
        return content;
    }

    /** The tool calls of the answer; each wants a {@link ContinueRequest#toolResult}. */
    public List<ContentBlock.ToolUse> toolUses() {
        return content.stream()
                .filter(ContentBlock.ToolUse.class::isInstance)
                .map(ContentBlock.ToolUse.class::cast)
                .toList();
    }

    public Usage usage() {
        return session.usage();
    }

    public Optional<StopReason> stopReason() {
        return session.stopReason();
    }

    public Optional<SessionError> error() {
        return session.error();
    }

    /** The members of its JSON, with the names of the REST API; Jackson needs no more to write it. */
    @JsonValue
    public Map<String, Object> toJson() {
        return SessionJson.of(this);
    }

    /** What the session met when it failed, with its own causes; empty unless it failed. No message in it holds a key. */
    public Optional<Throwable> cause() {
        return Optional.ofNullable(cause);
    }
}
