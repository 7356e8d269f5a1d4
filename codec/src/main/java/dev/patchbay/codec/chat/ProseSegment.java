package dev.patchbay.codec.chat;

import dev.patchbay.codec.Refusal;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run of text, of thinking or of a refusal; complete at any time. */
final class ProseSegment extends Segment {

    /** What is said. */
    enum Kind {
        TEXT,
        REFUSAL,
        THINKING
    }

    private final Kind kind;

    /** What the text cites; told at its end. */
    private final List<Map<String, @Nullable Object>> citations = new ArrayList<>();

    ProseSegment(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    boolean isThinking() {
        return kind == Kind.THINKING;
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
        return switch (kind) {
            case TEXT -> ContentBlock.text("");
            case REFUSAL -> Refusal.of("");
            case THINKING -> ContentBlock.thinking("", "");
        };
    }

    @Override
    ChatEvent delta(int block, String text) {
        return isThinking() ? ChatEvent.thinkingDelta(block, text) : ChatEvent.textDelta(block, text);
    }
}
