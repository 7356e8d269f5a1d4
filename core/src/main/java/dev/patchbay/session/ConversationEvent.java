package dev.patchbay.session;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A finished piece of a conversation, as stored: one content block and who said it.
 *
 * @param sessionId the session it belongs to
 * @param sequence its position within the session, from 1
 * @param createdAt when it was finished
 * @param role who said it
 * @param block what was said
 * @param isCompleted false where the answer broke off in it: what is there was shown, but is not an answer
 */
public record ConversationEvent(
        String sessionId,
        long sequence,
        Instant createdAt,
        ChatMessage.Role role,
        ContentBlock block,
        boolean isCompleted) {

    /** What kind of piece it is; the names are those of the REST API. */
    public enum Type {
        MESSAGE,
        TOOL_CALL,
        TOOL_RESULT,
        THINKING,
        SYSTEM;

        /** The name on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Type type() {
        if (role == ChatMessage.Role.SYSTEM) {
            return Type.SYSTEM;
        }
        if (block instanceof ContentBlock.ToolUse) {
            return Type.TOOL_CALL;
        }
        if (block instanceof ContentBlock.ToolResult) {
            return Type.TOOL_RESULT;
        }
        if (block instanceof ContentBlock.Thinking || block instanceof ContentBlock.RedactedThinking) {
            return Type.THINKING;
        }
        return Type.MESSAGE;
    }

    /** The text of a message or of thinking. */
    public Optional<String> text() {
        if (block instanceof ContentBlock.Text text) {
            return Optional.of(text.text());
        }
        if (block instanceof ContentBlock.Thinking thinking) {
            return Optional.of(thinking.thinking());
        }
        return Optional.empty();
    }
}
