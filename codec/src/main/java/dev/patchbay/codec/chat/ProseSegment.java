package dev.patchbay.codec.chat;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run of text or of thinking; complete at any time. */
final class ProseSegment extends Segment {

    private final boolean thinking;

    /** What the text cites; told at its end. */
    private final List<Map<String, @Nullable Object>> citations = new ArrayList<>();

    ProseSegment(boolean thinking) {
        this.thinking = thinking;
    }

    boolean isThinking() {
        return thinking;
    }

    void cite(List<Map<String, @Nullable Object>> pages) {
        citations.addAll(pages);
    }

    @Override
    void beforeStop(int block, Consumer<ChatEvent> sink) {
        for (Map<String, @Nullable Object> page : citations) {
            sink.accept(ChatEvent.citationDelta(block, page));
        }
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
        return thinking ? ContentBlock.thinking("", "") : ContentBlock.text("");
    }

    @Override
    ChatEvent delta(int block, String text) {
        return thinking ? ChatEvent.thinkingDelta(block, text) : ChatEvent.textDelta(block, text);
    }
}
