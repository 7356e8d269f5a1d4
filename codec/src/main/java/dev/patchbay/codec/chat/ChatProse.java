package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.JoinedText;
import dev.patchbay.codec.Refusal;
import dev.patchbay.spi.ContentBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of a chat message that the prose of an answer fills, of which each is one text (dialects.md, R6 and VR1). Used by
 * one thread, for one answer.
 */
final class ChatProse {

    /** A member of a message. */
    private static final class Member {

        private final String name;
        private final JoinedText text = new JoinedText();

        private Member(String name) {
            this.name = name;
        }
    }

    private final Member content = new Member("content");
    private final Member refusal = new Member(Refusal.MEMBER);
    private final Member thinking = new Member("reasoning_content");
    private final Member none = new Member("");
    private Member open = none;
    private boolean refuses;

    /** A block begins. */
    void begin(ContentBlock block) {
        open = member(block);
        for (Member member : List.of(content, refusal, thinking)) {
            // Thoughts are no sentences of one text: each is a paragraph.
            if (member != open || member == thinking) {
                member.text.interrupt();
            }
        }
        open.text.begin();
        refuses |= Refusal.isOfModel(block);
    }

    /** The name of the member that the open block fills. */
    String member() {
        return open.name;
    }

    /** More of the open block as the member goes on with it. */
    String next(String more) {
        return open.text.next(more);
    }

    /** The sources of what the open block said so far. */
    List<ObjectNode> annotations(@Nullable Object sources) {
        return open == content
                ? ChatAnswer.annotations(sources, content.text.start(), content.text.length())
                : List.of();
    }

    /** Whether the model refused in words of its own. */
    boolean refuses() {
        return refuses;
    }

    private Member member(ContentBlock block) {
        if (block instanceof ContentBlock.Text) {
            return Refusal.is(block) ? refusal : content;
        }
        return block instanceof ContentBlock.Thinking ? thinking : none;
    }
}
