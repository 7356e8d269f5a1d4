package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.json.Json;
import dev.patchbay.json.JsonValues;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The block of a Messages stream that is open; deltas that do not belong to it are dropped. Used by one thread. */
final class OpenBlock {

    private final Consumer<ChatEvent> sink;
    private @Nullable ContentBlock open;
    private int upstreamIndex;
    private int index = -1;
    private boolean calledTools;

    OpenBlock(Consumer<ChatEvent> sink) {
        this.sink = sink;
    }

    boolean calledTools() {
        return calledTools;
    }

    /** Opens a block, and closes the one before if the upstream did not. What it already holds becomes its first delta. */
    void start(int upstream, ObjectNode node) {
        stop();
        Optional<ContentBlock> usable = UsableBlocks.usable(BlockReader.block(node));
        if (usable.isPresent()) {
            start(upstream, usable.get());
        }
    }

    private void start(int upstream, ContentBlock whole) {
        ContentBlock empty = emptied(whole);
        index++;
        open = empty;
        upstreamIndex = upstream;
        calledTools |= empty instanceof ContentBlock.ToolUse;
        sink.accept(new ChatEvent.BlockStarted(index, empty));
        if (whole instanceof ContentBlock.Text block) {
            text(block.text());
        } else if (whole instanceof ContentBlock.Thinking block) {
            thinking(block.thinking());
            signature(block.signature());
        } else if (whole instanceof ContentBlock.ToolUse call && !call.input().isEmpty()) {
            input(Json.text(JsonValues.toObject(call.input())));
        }
    }

    void delta(int upstream, JsonNode delta) {
        if (open == null || upstream != upstreamIndex) {
            return;
        }
        switch (delta.path("type").asText("")) {
            case "text_delta" -> text(delta.path("text").asText(""));
            case "thinking_delta" -> thinking(delta.path("thinking").asText(""));
            case "signature_delta" -> signature(delta.path("signature").asText(""));
            case "input_json_delta" -> input(delta.path("partial_json").asText(""));
            default -> {}
        }
    }

    void stop(int upstream) {
        if (upstream == upstreamIndex) {
            stop();
        }
    }

    void stop() {
        if (open != null) {
            open = null;
            sink.accept(new ChatEvent.BlockStopped(index));
        }
    }

    private static ContentBlock emptied(ContentBlock block) {
        if (block instanceof ContentBlock.Text text) {
            return new ContentBlock.Text("", text.more());
        }
        if (block instanceof ContentBlock.Thinking thinking) {
            return new ContentBlock.Thinking("", "", thinking.more());
        }
        return block instanceof ContentBlock.ToolUse call
                ? new ContentBlock.ToolUse(call.id(), call.name(), Map.of(), call.more())
                : block;
    }

    private void text(String text) {
        if (open instanceof ContentBlock.Text && !text.isEmpty()) {
            sink.accept(new ChatEvent.TextDelta(index, text));
        }
    }

    private void thinking(String text) {
        if (open instanceof ContentBlock.Thinking && !text.isEmpty()) {
            sink.accept(new ChatEvent.ThinkingDelta(index, text));
        }
    }

    private void signature(String text) {
        if (open instanceof ContentBlock.Thinking && !text.isEmpty()) {
            sink.accept(new ChatEvent.SignatureDelta(index, text));
        }
    }

    private void input(String json) {
        if (takesInput() && !json.isEmpty()) {
            sink.accept(new ChatEvent.InputDelta(index, json));
        }
    }

    /** Calls of tools that run at the provider are not modelled, but have their input in deltas all the same. */
    private boolean takesInput() {
        return open instanceof ContentBlock.ToolUse
                || (open instanceof ContentBlock.Other other && other.type().endsWith("tool_use"));
    }
}
