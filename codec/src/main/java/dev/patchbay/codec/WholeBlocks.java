package dev.patchbay.codec;

import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
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
        text(ContentBlock.text(text));
    }

    /** A thinking block without a signature; none for empty thinking. */
    public void thinking(String thinking) {
        thinking(ContentBlock.thinking(thinking, ""));
    }

    /**
     * A tool call.
     *
     * @param call the call, whose input is not looked at
     * @param json the input as JSON text; empty for none
     */
    public void toolUse(ContentBlock.ToolUse call, String json) {
        start(ContentBlock.toolUse(call.id(), call.name(), Map.of(), call.more()));
        if (!json.isEmpty()) {
            sink.accept(ChatEvent.inputDelta(index, json));
        }
        stop();
    }

    /** Any block; none for empty text and empty thinking. */
    public void block(ContentBlock block) {
        if (block instanceof ContentBlock.Text text) {
            text(text);
        } else if (block instanceof ContentBlock.Thinking thinking) {
            thinking(thinking);
        } else if (block instanceof ContentBlock.ToolUse call) {
            toolUse(call, call.input().isEmpty() ? "" : Json.text(JsonValues.toObject(call.input())));
        } else {
            start(block);
            stop();
        }
    }

    private void text(ContentBlock.Text block) {
        if (!block.text().isEmpty()) {
            start(ContentBlock.text("", block.more()));
            sink.accept(ChatEvent.textDelta(index, block.text()));
            stop();
        }
    }

    private void thinking(ContentBlock.Thinking block) {
        if (block.thinking().isEmpty() && block.signature().isEmpty()) {
            return;
        }
        start(ContentBlock.thinking("", "", block.more()));
        if (!block.thinking().isEmpty()) {
            sink.accept(ChatEvent.thinkingDelta(index, block.thinking()));
        }
        if (!block.signature().isEmpty()) {
            sink.accept(ChatEvent.signatureDelta(index, block.signature()));
        }
        stop();
    }

    private void start(ContentBlock block) {
        sink.accept(ChatEvent.blockStarted(index, block));
    }

    private void stop() {
        sink.accept(ChatEvent.blockStopped(index++));
    }
}
