package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ToolIds;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.json.Json;
import dev.patchbay.json.JsonValues;
import dev.patchbay.spi.ContentBlock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes an assistant's turn: its texts, its calls and, where the upstream wants it back, its thinking (Q7 to Q10). */
final class AssistantMessage {

    /** Where an upstream keeps a proof of its thinking on a call (Gemini); sent back only if {@code extra} names it. */
    static final String EXTRA_CONTENT = "extra_content";

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
            message.putNull("content");
        } else {
            message.set("content", content.value("\n\n"));
        }
        if (isReplayed(!calls.isEmpty()) && !thinking.isEmpty()) {
            message.put(quirks.reasoningField(), thinking.toString());
        }
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
        if (proof != null && quirks.extra().contains(EXTRA_CONTENT)) {
            node.set(EXTRA_CONTENT, JsonValues.toNode(proof));
        }
        return node;
    }
}
