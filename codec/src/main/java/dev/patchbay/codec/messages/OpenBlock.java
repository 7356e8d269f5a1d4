package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.ToolArguments;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The block of a Messages stream that is open. While the input of a call has not all come, blocks that begin all the same wait
 * for it (S7); deltas that belong to a block that was before are dropped. Used by one thread.
 */
final class OpenBlock {

    /** Of what waits for its turn, in characters. */
    private static final int MOST_KEPT = 16 << 20;

    private final Consumer<ChatEvent> sink;
    private final UsableBlocks usable;
    private @Nullable ContentBlock open;
    private int upstreamIndex;

    /** The highest index that began, of which the upstream knows. */
    private int lastUpstream = -1;

    private int index = -1;
    private ToolArguments arguments = new ToolArguments();

    /** The input as the block began with it; deltas win over it (S6). */
    private final StringBuilder signature = new StringBuilder();

    private String firstInput = "";

    /** The tool whose input waits to be whole, since its members went by other names; empty for any other block. */
    private String renamedFor = "";

    private boolean calledTools;

    /** Whether the open block was told. */
    private boolean begun;

    /** What came for blocks that wait, in its order. */
    private List<Waiting> waiting = new ArrayList<>();

    private int held;

    /** An event that waits for its turn; what was read is only lent until the next event. */
    private record Waiting(int index, JsonNode event, boolean starts) {}

    OpenBlock(UsableBlocks usable, Consumer<ChatEvent> sink) {
        this.usable = usable;
        this.sink = sink;
    }

    boolean calledTools() {
        return calledTools;
    }

    /** How many characters wait for their turn. */
    int held() {
        return held;
    }

    /** Whether the input of a call broke off. None at all is as good as whole. */
    boolean isCut() {
        return isUnfinished() && !arguments.isEmpty();
    }

    private boolean isUnfinished() {
        return open instanceof ContentBlock.ToolUse && firstInput.isEmpty() && !arguments.isComplete();
    }

    /** Opens a block, and closes the one before if the upstream did not. What it already holds becomes its first delta. */
    void start(int upstream, ObjectNode node) {
        if (upstream != upstreamIndex && isUnfinished()) {
            keep(new Waiting(upstream, node.deepCopy(), true));
            return;
        }
        close();
        lastUpstream = Math.max(lastUpstream, upstream);
        usable.usable(BlockReader.block(node)).ifPresent(block -> start(upstream, block));
    }

    private void start(int upstream, ContentBlock whole) {
        ContentBlock empty = emptied(whole);
        open = empty;
        begun = false;
        upstreamIndex = upstream;
        arguments = new ToolArguments();
        firstInput = "";
        renamedFor =
                empty instanceof ContentBlock.ToolUse call && usable.inputs().differ(call.name()) ? call.name() : "";
        signature.setLength(0);
        calledTools |= empty instanceof ContentBlock.ToolUse;
        if (!(whole instanceof ContentBlock.Text || whole instanceof ContentBlock.Thinking)) {
            begin();
        }
        if (whole instanceof ContentBlock.Text block) {
            text(block.text());
        } else if (whole instanceof ContentBlock.Thinking block) {
            thinking(block.thinking());
            signature(block.signature());
        } else if (whole instanceof ContentBlock.ToolUse call && !call.input().isEmpty()) {
            firstInput = Json.text(JsonValues.toObject(call.input()));
        }
    }

    /** Prose begins with the first of it: a block of empty text is refused when it comes back in a history (R2). */
    private void begin() {
        if (open != null && !begun) {
            begun = true;
            sink.accept(ChatEvent.blockStarted(++index, open));
        }
    }

    void delta(int upstream, JsonNode delta) {
        String type = delta.path("type").asText("");
        if (upstream != upstreamIndex && !waiting.isEmpty()) {
            keep(new Waiting(upstream, delta.deepCopy(), false));
            return;
        }
        if (upstream > lastUpstream || isOfOtherProse(type)) {
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
            case "input_json_delta" -> input(delta.path("partial_json"));
            default -> {}
        }
        if (!waiting.isEmpty() && !isUnfinished()) {
            release();
        }
    }

    /** A server that says no block's beginning says its text all the same; a call without its name helps nobody. */
    private void startFor(int upstream, String type) {
        if (type.equals("text_delta") || type.equals("thinking_delta")) {
            close();
            lastUpstream = Math.max(lastUpstream, upstream);
            start(upstream, type.equals("text_delta") ? ContentBlock.text("") : ContentBlock.thinking("", ""));
        }
    }

    /** Some servers put thinking into a block of text, or text into one of thinking (litellm#32357). */
    private boolean isOfOtherProse(String type) {
        return (open instanceof ContentBlock.Text && type.equals("thinking_delta"))
                || (open instanceof ContentBlock.Thinking && type.equals("text_delta"));
    }

    private void keep(Waiting event) {
        held += Json.text(event.event()).length();
        if (held > MOST_KEPT) {
            throw Bodies.unusable("upstream sent more than " + (MOST_KEPT >> 20) + " MiB of an answer out of order");
        }
        waiting.add(event);
    }

    void stop(int upstream) {
        if (upstream == upstreamIndex) {
            close();
            release();
        }
    }

    /** Ends the answer: closes what is open and sends what waits. */
    void stop() {
        close();
        while (!waiting.isEmpty()) {
            release();
            close();
        }
    }

    /** Adds a text to what the upstream has sent, whose blocks have all ended. */
    void add(ContentBlock.Text text) {
        start(lastUpstream + 1, text);
        close();
    }

    /** Gives what waited its turn; what has to wait for a call among it waits again. */
    private void release() {
        List<Waiting> events = waiting;
        waiting = new ArrayList<>();
        held = 0;
        for (Waiting event : events) {
            if (event.starts()) {
                start(event.index(), (ObjectNode) event.event());
            } else {
                delta(event.index(), event.event());
            }
        }
    }

    private void close() {
        if (open != null && begun) {
            emit(arguments.isEmpty() ? firstInput : restOfInput());
            if (!signature.isEmpty()) {
                sink.accept(ChatEvent.signatureDelta(index, signature.toString()));
            }
            sink.accept(ChatEvent.blockStopped(index));
        }
        open = null;
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
            begin();
            sink.accept(ChatEvent.textDelta(index, text));
        }
    }

    private void citation(JsonNode citation) {
        if (open instanceof ContentBlock.Text && citation instanceof ObjectNode members && !members.isEmpty()) {
            begin();
            sink.accept(ChatEvent.citationDelta(index, JsonValues.toMap(members)));
        }
    }

    private void thinking(String text) {
        if (open instanceof ContentBlock.Thinking && !text.isEmpty()) {
            begin();
            sink.accept(ChatEvent.thinkingDelta(index, text));
        }
    }

    /** It may come in pieces; whoever sends the whole of it again sends nothing new. */
    private void signature(String text) {
        if (open instanceof ContentBlock.Thinking && !text.isEmpty()) {
            begin();
            if (text.startsWith(signature.toString())) {
                signature.setLength(0);
            }
            signature.append(text);
        }
    }

    /** Input is JSON text; some servers send the value itself. */
    private void input(JsonNode json) {
        if (takesInput()) {
            String fresh = arguments.add(json.isContainerNode() ? Json.text(json) : json.asText(""));
            emit(renamedFor.isEmpty() ? fresh : "");
        }
    }

    private String restOfInput() {
        return renamedFor.isEmpty() ? arguments.rest() : usable.inputs().restored(renamedFor, arguments.text());
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
