package dev.patchbay.cli.daemon;

import com.fasterxml.jackson.databind.JsonNode;
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
    private boolean any;

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
            if (event.role() == ChatMessage.Role.ASSISTANT && event.block() instanceof ContentBlock.Text text) {
                print(text.text());
            }
            open.setLength(0);
        }
    }

    /** A text is printed from where its pieces ended. */
    private void print(String text) {
        if (open.isEmpty()) {
            separate();
            out.accept(text);
        } else if (text.startsWith(open.toString())) {
            out.accept(text.substring(open.length()));
        } else {
            out.accept("\n" + text);
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
        if (open.isEmpty()) {
            separate();
        }
        // Whoever listens anew is told all that has come so far.
        String text = piece.substring((int) known);
        open.append(text);
        out.accept(text);
    }

    private void separate() {
        if (any) {
            out.accept("\n\n");
        }
        any = true;
    }

    void end() {
        if (any) {
            out.accept("\n");
        }
    }
}
