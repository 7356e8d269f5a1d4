package dev.patchbay.codec.responses;

import dev.patchbay.codec.Refusal;
import dev.patchbay.codec.WebCitations;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that the items of an answer become, one after the other. Messages that follow one another are paragraphs: who puts
 * the texts of blocks together puts nothing between them (dialects.md, Q7; microsoft/vscode#312173). Used by one thread.
 */
final class ItemBlocks {

    private static final String BETWEEN_MESSAGES = "\n\n";

    private final Consumer<ChatEvent> sink;
    private int count;
    private int lead;
    private @Nullable ContentBlock last;
    private @Nullable OutputItem lastItem;

    ItemBlocks(Consumer<ChatEvent> sink) {
        this.sink = sink;
    }

    /** Begins a block of an item; its index. */
    int begin(OutputItem item, ContentBlock block) {
        int index = count++;
        send(ChatEvent.blockStarted(index, block));
        boolean goesOn = block instanceof ContentBlock.Text
                && last instanceof ContentBlock.Text
                && lastItem != item
                && Refusal.is(last) == Refusal.is(block);
        lead = goesOn ? BETWEEN_MESSAGES.length() : 0;
        if (goesOn) {
            send(ChatEvent.textDelta(index, BETWEEN_MESSAGES));
        }
        last = block;
        lastItem = item;
        return index;
    }

    /** Something that the open block cites, at a place that counts from where the item has the block begin. */
    void cite(int index, Map<String, @Nullable Object> citation) {
        send(ChatEvent.citationDelta(index, WebCitations.moved(citation, lead)));
    }

    /** More of the block that is open, or its end. */
    void send(ChatEvent event) {
        sink.accept(event);
    }
}
