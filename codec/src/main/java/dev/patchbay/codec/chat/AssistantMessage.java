package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ToolIds;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ContentBlock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes an assistant's turn: its texts, its calls and, where the upstream wants it back, its thinking (Q7 to Q10). */
final class AssistantMessage {

    /** Where an upstream keeps a proof of its thinking on a call (Gemini); sent back only if {@code extra} names it. */
    static final String EXTRA_CONTENT = "extra_content";

    /** ai.google.dev, thought signatures. */
    private static final String STAND_IN = "skip_thought_signature_validator";

    /** Where OpenRouter keeps all of its thinking. */
    static final String DETAILS = "reasoning_details";

    private final Quirks quirks;
    private final ToolNames names;

    AssistantMessage(Quirks quirks, ToolNames names) {
        this.quirks = quirks;
        this.names = names;
    }

    /** The message; empty if nothing of the turn can be sent. */
    Optional<ObjectNode> write(List<ContentBlock> blocks) {
        ChatContent content = content(blocks);
        ArrayNode calls = Json.array();
        StringBuilder thinking = new StringBuilder();
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.ToolUse call) {
                calls.add(call(call));
            } else if (block instanceof ContentBlock.Thinking thought) {
                thinking.append(thought.thinking());
            }
        }
        if (content.isEmpty() && calls.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode message = Json.object().put("role", "assistant");
        if (content.isEmpty()) {
            // As good as absent, and there for whoever reads the member of every message (Q7).
            message.putNull("content");
        } else {
            message.set("content", content.value("\n\n"));
        }
        Optional<Object> details = details(blocks);
        if (isReplayed(!calls.isEmpty()) && details.isPresent()) {
            message.set(DETAILS, JsonValues.toNode(details.get()));
        } else if (isReplayed(!calls.isEmpty())) {
            replay(thinking.toString(), message);
        }
        provePresence(calls);
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        return Optional.of(message);
    }

    /** Texts that touch belong to one sentence; texts with something between them do not (Q7). */
    private ChatContent content(List<ContentBlock> blocks) {
        ChatContent content = new ChatContent(quirks.forwardsCacheControl());
        StringBuilder run = new StringBuilder();
        Map<String, @Nullable Object> marks = Map.of();
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.Text text) {
                run.append(text.text());
                marks = text.more();
            } else {
                content.text(run.toString(), marks);
                run.setLength(0);
            }
        }
        content.text(run.toString(), marks);
        return content;
    }

    /** OpenRouter's own record of the thinking, proofs included; it takes the place of the plain text. */
    private Optional<Object> details(List<ContentBlock> blocks) {
        if (!quirks.reasoningField().equals("reasoning")) {
            return Optional.empty();
        }
        return blocks.stream()
                .filter(ContentBlock.ToolUse.class::isInstance)
                .map(block -> ((ContentBlock.ToolUse) block).more().get(DETAILS))
                .filter(Objects::nonNull)
                .<Object>map(details -> details)
                .findFirst();
    }

    /** Adds to a message that a chat client wrote what the client dropped. */
    void complete(ObjectNode message) {
        ArrayNode calls = message.path("tool_calls") instanceof ArrayNode given ? given : Json.array();
        boolean told = !message.path(quirks.reasoningField()).asText("").isBlank() || message.has("reasoning_details");
        if (isReplayed(!calls.isEmpty()) && !told) {
            replay("", message);
        }
        provePresence(calls);
    }

    /** Without the member, or with an empty one, DeepSeek and Kimi refuse the request; they take a space (Q9). */
    private void replay(String thinking, ObjectNode message) {
        if (!thinking.isBlank()) {
            message.put(quirks.reasoningField(), thinking);
        } else if (quirks.reasoningField().equals("reasoning_content")) {
            message.put(quirks.reasoningField(), " ");
        }
    }

    /** The first call of a turn has to be proved; Google documents what stands for a proof that is lost (G1). */
    private void provePresence(ArrayNode calls) {
        if (sendsProofs() && calls.path(0) instanceof ObjectNode first && !first.has(EXTRA_CONTENT)) {
            first.putObject(EXTRA_CONTENT).putObject("google").put("thought_signature", STAND_IN);
        }
    }

    private boolean sendsProofs() {
        return quirks.extra().contains(EXTRA_CONTENT);
    }

    private boolean isReplayed(boolean hasCalls) {
        return switch (quirks.reasoningReplay()) {
            case "always" -> true;
            case "tool_turns" -> hasCalls;
            default -> false;
        };
    }

    private ObjectNode call(ContentBlock.ToolUse call) {
        ObjectNode node =
                Json.object().put("id", ToolIds.forChat(call.id(), quirks)).put("type", "function");
        node.putObject("function")
                .put("name", names.sent(call.name()))
                .put("arguments", Json.text(JsonValues.toObject(call.input())));
        Object proof = call.more().get(EXTRA_CONTENT);
        if (proof != null && sendsProofs()) {
            node.set(EXTRA_CONTENT, JsonValues.toNode(proof));
        }
        return node;
    }
}
