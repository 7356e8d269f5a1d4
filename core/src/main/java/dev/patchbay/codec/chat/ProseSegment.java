package dev.patchbay.codec.chat;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;

/** A run of text or of thinking; complete at any time. */
final class ProseSegment extends Segment {

    private final boolean thinking;

    ProseSegment(boolean thinking) {
        this.thinking = thinking;
    }

    boolean isThinking() {
        return thinking;
    }

    @Override
    boolean isComplete() {
        return true;
    }

    @Override
    boolean canOpen(boolean isLast) {
        return true;
    }

    @Override
    ContentBlock block() {
        return thinking ? new ContentBlock.Thinking("", "") : new ContentBlock.Text("");
    }

    @Override
    ChatEvent delta(int block, String text) {
        return thinking ? new ChatEvent.ThinkingDelta(block, text) : new ChatEvent.TextDelta(block, text);
    }
}
