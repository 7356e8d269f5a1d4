package dev.patchbay.cli.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.util.List;

/** The text of an answer as it is printed: each part once, whether it came in pieces or as a whole. */
final class FollowedAnswer {

    private final Output out;
    private long printed;
    private final StringBuilder open = new StringBuilder();
    private boolean any;

    FollowedAnswer(Output out) {
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
            out.print(text);
        } else if (text.startsWith(open.toString())) {
            out.print(text.substring(open.length()));
        } else {
            out.print("\n" + text);
        }
    }

    /** A piece of what is under way; one that does not follow the piece before is left to the whole. */
    void piece(JsonNode data) {
        boolean next = data.path("sequence").asLong() == printed + 1
                && data.path("event_type").asText().equals("message")
                && data.path("offset").asLong(-1) == open.length();
        if (!next) {
            return;
        }
        if (open.isEmpty()) {
            separate();
        }
        String text = data.path("content").asText();
        open.append(text);
        out.print(text);
    }

    private void separate() {
        if (any) {
            out.print("\n\n");
        }
        any = true;
    }

    void end() {
        if (any) {
            out.print("\n");
        }
    }
}
