package dev.patchbay.session;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
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

    /** What a piece is that is no text, such as {@code image, image/png}: for people. */
    public static String describe(ContentBlock block) {
        if (block instanceof ContentBlock.Image image) {
            return "image" + kind(image.source());
        }
        if (block instanceof ContentBlock.Document document) {
            return "document" + kind(document.source())
                    + document.title().map(title -> ", " + title).orElse("");
        }
        if (block instanceof ContentBlock.RedactedThinking) {
            return "thinking that the provider keeps to itself";
        }
        return block instanceof ContentBlock.Other other
                ? other.type()
                : block.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String kind(MediaSource source) {
        return source instanceof MediaSource.Base64 content ? ", " + content.mediaType() : "";
    }

    /** The members of its JSON, with the names of the REST API; Jackson needs no more to write it. */
    @JsonValue
    public Map<String, Object> toJson() {
        return SessionJson.of(this);
    }
}
