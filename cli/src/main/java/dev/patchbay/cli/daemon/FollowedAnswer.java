package dev.patchbay.cli.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.JoinedText;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.util.List;
import java.util.function.Consumer;

/** The text of an answer as it is printed: each part once, whether it came in pieces or as a whole. */
final class FollowedAnswer {

    private final Consumer<String> out;
    private long printed;
    private final StringBuilder open = new StringBuilder();
    private final JoinedText joined = new JoinedText();

    FollowedAnswer(Consumer<String> out) {
        this.out = out;
    }

    /** What is stored of the conversation by now. */
    void whole(List<ConversationEvent> conversation) {
        for (ConversationEvent event : conversation) {
            if (event.sequence() <= printed) {
                continue;
            }
            printed = event.sequence();
            if (event.role() != ChatMessage.Role.ASSISTANT) {
                joined.interrupt();
            } else if (event.block() instanceof ContentBlock.Text text) {
                print(text);
            } else {
                joined.comes(event.block());
            }
            open.setLength(0);
        }
    }

    /** A text is printed from where its pieces ended. */
    private void print(ContentBlock.Text block) {
        String text = block.text();
        if (open.isEmpty()) {
            joined.comes(block);
            out.accept(joined.next(text));
        } else if (text.startsWith(open.toString())) {
            out.accept(joined.next(text.substring(open.length())));
        } else {
            out.accept(joined.next("\n" + text));
        }
    }

    /** A piece of what is under way, from where the one before ended; after a gap all is left to the whole. */
    void piece(JsonNode data) {
        String piece = data.path("content").asText();
        long known = open.length() - data.path("offset").asLong(Long.MAX_VALUE);
        boolean next = data.path("sequence").asLong() == printed + 1
                && data.path("event_type").asText().equals("message")
                && known >= 0
                && known < piece.length();
        if (!next) {
            return;
        }
        // Whoever listens anew is told all that has come so far.
        String text = piece.substring((int) known);
        open.append(text);
        out.accept(joined.next(text));
    }

    void end() {
        if (joined.length() > 0) {
            out.accept("\n");
        }
    }
}
