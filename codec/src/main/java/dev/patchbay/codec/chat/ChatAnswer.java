package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.FreshIds;
import dev.patchbay.codec.WebCitations;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What chat answers for a client share, whole or streamed (dialects.md, VR1 and VR2). */
final class ChatAnswer {

    private ChatAnswer() {}

    /**
     * The finish reason for a stop reason; what is unknown is a plain stop. Who refuses in words has ended as the model meant to
     * (R6).
     */
    static String finishReason(StopReason reason, boolean refuses, boolean calls) {
        if (refuses && reason.equals(StopReason.REFUSAL)) {
            return calls ? "tool_calls" : "stop";
        }
        return switch (reason.value()) {
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal" -> "content_filter";
            default -> "stop";
        };
    }

    /** Counts as OpenAI has them: the prompt includes what came from or went to a cache. */
    static ObjectNode usage(Usage usage) {
        long cached = usage.cacheReadTokens().orElse(0);
        long written = usage.cacheCreationTokens().orElse(0);
        long prompt = usage.inputTokens().orElse(0) + cached + written;
        long completion = usage.outputTokens().orElse(0);
        ObjectNode node = Json.object()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
        node.putObject("prompt_tokens_details").put("cached_tokens", cached).put("cache_write_tokens", written);
        node.putObject("completion_tokens_details")
                .put("reasoning_tokens", usage.thinkingTokens().orElse(0));
        return node;
    }

    /** The sources of a text, where they are pages of the web (VR1). */
    static List<ObjectNode> annotations(@Nullable Object sources, int start, int end) {
        List<ObjectNode> annotations = new ArrayList<>();
        if (sources instanceof List<?> citations) {
            for (Object citation : citations) {
                WebCitations.annotation(citation, start, end)
                        .ifPresent(page -> annotations.add(
                                Json.object().put("type", "url_citation").set("url_citation", page)));
            }
        }
        return annotations;
    }

    /** A call of a tool whose input is free text. */
    static ObjectNode customCall(ContentBlock.ToolUse call, String text) {
        ObjectNode node = Json.object().put("id", call.id()).put("type", "custom");
        node.putObject("custom").put("name", call.name()).put("input", text);
        return node;
    }

    /** The proof of thinking that has to come back with a call (G1); clients that know it keep it. */
    static void proof(ContentBlock.ToolUse call, ObjectNode node) {
        Object proof = call.more().get(AssistantMessage.EXTRA_CONTENT);
        if (proof != null) {
            node.set(AssistantMessage.EXTRA_CONTENT, JsonValues.toNode(proof));
        }
    }

    static String id(String upstreamId) {
        return upstreamId.startsWith("chatcmpl-") ? upstreamId : FreshIds.fresh("chatcmpl-");
    }
}
