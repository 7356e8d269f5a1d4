package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.JsonNumbers;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.Usage;

/** The {@code usage} member of Anthropic Messages. What is not known is written as 0: SDKs read it without a check. */
final class UsageJson {

    private UsageJson() {}

    static ObjectNode of(Usage usage) {
        ObjectNode node = Json.object()
                .put("input_tokens", usage.inputTokens().orElse(0))
                .put("cache_creation_input_tokens", usage.cacheCreationTokens().orElse(0))
                .put("cache_read_input_tokens", usage.cacheReadTokens().orElse(0))
                .put("output_tokens", usage.outputTokens().orElse(0));
        if (usage.thinkingTokens().orElse(0) > 0) {
            node.putObject("output_tokens_details")
                    .put("thinking_tokens", usage.thinkingTokens().orElse(0));
        }
        return node;
    }

    static Usage read(JsonNode usage) {
        Usage.Builder counts = Usage.builder();
        JsonNumbers.toCount(usage.path("input_tokens")).ifPresent(counts::inputTokens);
        JsonNumbers.toCount(usage.path("output_tokens")).ifPresent(counts::outputTokens);
        JsonNumbers.toCount(usage.path("cache_read_input_tokens")).ifPresent(counts::cacheReadTokens);
        JsonNumbers.toCount(usage.path("cache_creation_input_tokens")).ifPresent(counts::cacheCreationTokens);
        JsonNumbers.toCount(usage.path("output_tokens_details").path("thinking_tokens"))
                .ifPresent(counts::thinkingTokens);
        return counts.build();
    }
}
