package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param content what is said, in order; may be empty
 */
public record ChatMessage(Role role, List<ContentBlock> content) {

    /** Who speaks. */
    public enum Role {
        USER,
        ASSISTANT,
        /** Instructions in the middle of a conversation. */
        SYSTEM
    }

    public ChatMessage {
        requireNonNull(role, "role is null");
        content = List.copyOf(content);
    }

    /** A user's turn of one text. */
    public static ChatMessage user(String text) {
        return new ChatMessage(Role.USER, List.of(ContentBlock.text(text)));
    }

    /** An assistant's turn of one text. */
    public static ChatMessage assistant(String text) {
        return new ChatMessage(Role.ASSISTANT, List.of(ContentBlock.text(text)));
    }
}
