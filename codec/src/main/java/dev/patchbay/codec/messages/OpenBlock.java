package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.ToolArguments;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The block of a Messages stream that is open; deltas that belong to one that was before are dropped. Used by one thread. */
final class OpenBlock {

    private final Consumer<ChatEvent> sink;
    private final ToolNames names;
    private @Nullable ContentBlock open;
    private int upstreamIndex;

    /** The highest index that began, of which the upstream knows. */
    private int lastUpstream = -1;

    private int index = -1;
    private ToolArguments arguments = new ToolArguments();

    /** The input as the block began with it; deltas win over it (S6). */
    private String firstInput = "";

    private boolean calledTools;

    OpenBlock(ToolNames names, Consumer<ChatEvent> sink) {
        this.names = names;
        this.sink = sink;
    }

    boolean calledTools() {
        return calledTools;
    }

    /** Opens a block, and closes the one before if the upstream did not. What it already holds becomes its first delta. */
    void start(int upstream, ObjectNode node) {
        stop();
        lastUpstream = Math.max(lastUpstream, upstream);
        Optional<ContentBlock> usable = UsableBlocks.usable(BlockReader.block(node), names);
        if (usable.isPresent()) {
            start(upstream, usable.get());
        }
    }

    private void start(int upstream, ContentBlock whole) {
        ContentBlock empty = emptied(whole);
        index++;
        open = empty;
        upstreamIndex = upstream;
        arguments = new ToolArguments();
        firstInput = "";
        calledTools |= empty instanceof ContentBlock.ToolUse;
        sink.accept(ChatEvent.blockStarted(index, empty));
        if (whole instanceof ContentBlock.Text block) {
            text(block.text());
        } else if (whole instanceof ContentBlock.Thinking block) {
            thinking(block.thinking());
            signature(block.signature());
        } else if (whole instanceof ContentBlock.ToolUse call && !call.input().isEmpty()) {
            firstInput = Json.text(JsonValues.toObject(call.input()));
        }
    }

    void delta(int upstream, JsonNode delta) {
        String type = delta.path("type").asText("");
        if (upstream > lastUpstream) {
            startFor(upstream, type);
        }
        if (open == null || upstream != upstreamIndex) {
            return;
        }
        switch (type) {
            case "text_delta" -> text(delta.path("text").asText(""));
            case "thinking_delta" -> thinking(delta.path("thinking").asText(""));
            case "signature_delta" -> signature(delta.path("signature").asText(""));
            case "citations_delta" -> citation(delta.path("citation"));
            case "input_json_delta" -> input(delta.path("partial_json").asText(""));
            default -> {}
        }
    }

    /** A server that says no block's beginning says its text all the same; a call without its name helps nobody. */
    private void startFor(int upstream, String type) {
        if (type.equals("text_delta") || type.equals("thinking_delta")) {
            stop();
            lastUpstream = upstream;
            start(upstream, type.equals("text_delta") ? ContentBlock.text("") : ContentBlock.thinking("", ""));
        }
    }

    void stop(int upstream) {
        if (upstream == upstreamIndex) {
            stop();
        }
    }

    void stop() {
        if (open != null) {
            emit(arguments.isEmpty() ? firstInput : arguments.rest());
            open = null;
            sink.accept(ChatEvent.blockStopped(index));
        }
    }

    private static ContentBlock emptied(ContentBlock block) {
        if (block instanceof ContentBlock.Text text) {
            return ContentBlock.text("", text.more());
        }
        if (block instanceof ContentBlock.Thinking thinking) {
            return ContentBlock.thinking("", "", thinking.more());
        }
        return block instanceof ContentBlock.ToolUse call
                ? ContentBlock.toolUse(call.id(), call.name(), Map.of(), call.more())
                : block;
    }

    private void text(String text) {
        if (open instanceof ContentBlock.Text && !text.isEmpty()) {
            sink.accept(ChatEvent.textDelta(index, text));
        }
    }

    private void citation(JsonNode citation) {
        if (open instanceof ContentBlock.Text && citation instanceof ObjectNode members && !members.isEmpty()) {
            sink.accept(ChatEvent.citationDelta(index, JsonValues.toMap(members)));
        }
    }

    private void thinking(String text) {
        if (open instanceof ContentBlock.Thinking && !text.isEmpty()) {
            sink.accept(ChatEvent.thinkingDelta(index, text));
        }
    }

    private void signature(String text) {
        if (open instanceof ContentBlock.Thinking && !text.isEmpty()) {
            sink.accept(ChatEvent.signatureDelta(index, text));
        }
    }

    private void input(String json) {
        if (takesInput()) {
            emit(arguments.add(json));
        }
    }

    private void emit(String json) {
        if (!json.isEmpty()) {
            sink.accept(ChatEvent.inputDelta(index, json));
        }
    }

    /** Calls of tools that run at the provider are not modelled, but have their input in deltas all the same. */
    private boolean takesInput() {
        return open instanceof ContentBlock.ToolUse
                || (open instanceof ContentBlock.Other other && other.type().endsWith("tool_use"));
    }
}
