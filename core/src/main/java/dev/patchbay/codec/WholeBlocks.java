package dev.patchbay.codec;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.Map;
import java.util.function.Consumer;

/** Emits whole blocks, one after the other, for answers that come in one piece. Used by one thread. */
public final class WholeBlocks {

    private final Consumer<ChatEvent> sink;
    private int index;

    public WholeBlocks(Consumer<ChatEvent> sink) {
        this.sink = sink;
    }

    /** A text block; none for empty text. */
    public void text(String text) {
        if (!text.isEmpty()) {
            sink.accept(new ChatEvent.BlockStarted(index, new ContentBlock.Text("")));
            sink.accept(new ChatEvent.TextDelta(index, text));
            stop();
        }
    }

    /** A thinking block; none for empty thinking without a signature. */
    public void thinking(String thinking, String signature) {
        if (thinking.isEmpty() && signature.isEmpty()) {
            return;
        }
        sink.accept(new ChatEvent.BlockStarted(index, new ContentBlock.Thinking("", "")));
        if (!thinking.isEmpty()) {
            sink.accept(new ChatEvent.ThinkingDelta(index, thinking));
        }
        if (!signature.isEmpty()) {
            sink.accept(new ChatEvent.SignatureDelta(index, signature));
        }
        stop();
    }

    /**
     * A tool call.
     *
     * @param call the call, without its input
     * @param json the input as JSON text; empty for none
     */
    public void toolUse(ContentBlock.ToolUse call, String json) {
        sink.accept(new ChatEvent.BlockStarted(
                index, new ContentBlock.ToolUse(call.id(), call.name(), Map.of(), call.more())));
        if (!json.isEmpty()) {
            sink.accept(new ChatEvent.InputDelta(index, json));
        }
        stop();
    }

    /** A block that has no deltas. */
    public void whole(ContentBlock block) {
        sink.accept(new ChatEvent.BlockStarted(index, block));
        stop();
    }

    private void stop() {
        sink.accept(new ChatEvent.BlockStopped(index++));
    }
}
