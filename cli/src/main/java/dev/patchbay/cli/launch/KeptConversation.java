package dev.patchbay.cli.launch;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.internal.route.Route;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Usage;
import java.util.List;
import java.util.OptionalInt;

/** What a conversation brings along where it goes on elsewhere than it began. */
public final class KeptConversation {

    private KeptConversation() {}

    /** Its images and documents, as files without a name. */
    static List<Attachment> files(List<ConversationEvent> conversation) {
        return conversation.stream()
                .map(ConversationEvent::block)
                .filter(block -> block instanceof ContentBlock.Image || block instanceof ContentBlock.Document)
                .map(block ->
                        new Attachment("", block instanceof ContentBlock.Image ? "an image" : "a document", block))
                .toList();
    }

    /** How long it was when it was answered last; 0 where nobody said. */
    public static long tokens(Usage last) {
        return last.inputTokens().orElse(0) + last.outputTokens().orElse(0);
    }

    /** Says so where a conversation is longer than what the model of a route is known to hold. */
    public static void tellIfTooLong(Patchbay patchbay, Route route, long tokens, Terminal terminal) {
        OptionalInt context = patchbay.runtime().models().described(route).context();
        if (context.isPresent() && tokens > context.getAsInt()) {
            terminal.err()
                    .println("patchbay: warning: the conversation has taken " + tokens + " tokens, and "
                            + route.upstreamModel() + " of " + route.provider() + " holds " + context.getAsInt()
                            + ": it may refuse it, or not read all of it");
        }
    }
}
