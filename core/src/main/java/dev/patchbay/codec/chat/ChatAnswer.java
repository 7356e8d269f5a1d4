package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Ids;
import dev.patchbay.json.Json;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;

/** What chat answers for a client share, whole or streamed (dialects.md, VR1 and VR2). */
final class ChatAnswer {

    private ChatAnswer() {}

    /** The finish reason for a stop reason; what is unknown is a plain stop. */
    static String finishReason(StopReason reason) {
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
        long prompt = usage.inputTokens().orElse(0)
                + cached
                + usage.cacheCreationTokens().orElse(0);
        long completion = usage.outputTokens().orElse(0);
        ObjectNode node = Json.object()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
        node.putObject("prompt_tokens_details").put("cached_tokens", cached);
        node.putObject("completion_tokens_details")
                .put("reasoning_tokens", usage.thinkingTokens().orElse(0));
        return node;
    }

    static String id(String upstreamId) {
        return upstreamId.startsWith("chatcmpl-") ? upstreamId : Ids.fresh("chatcmpl-");
    }
}
