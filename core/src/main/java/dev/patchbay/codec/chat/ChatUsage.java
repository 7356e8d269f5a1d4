package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Numbers;
import dev.patchbay.spi.Usage;
import java.util.OptionalLong;

/** Token counts of chat answers, as disjoint counts (dialects.md, R8). */
final class ChatUsage {

    private ChatUsage() {}

    /** Whether a member holds counts at all. */
    static boolean isPresent(JsonNode usage) {
        return usage.isObject() && !usage.isEmpty();
    }

    /** The counts of a chunk, in any of the places where upstreams put them; missing if there are none (S10). */
    static JsonNode find(JsonNode chunk, JsonNode choice) {
        JsonNode own = chunk.path("usage");
        if (isPresent(own)) {
            return own;
        }
        JsonNode groq = chunk.path("x_groq").path("usage");
        JsonNode moonshot = choice.path("usage");
        return isPresent(groq) || !isPresent(moonshot) ? groq : moonshot;
    }

    static Usage read(JsonNode usage) {
        JsonNode promptDetails = usage.path("prompt_tokens_details");
        OptionalLong cached = firstPositive(
                promptDetails.path("cached_tokens"),
                usage.path("prompt_cache_hit_tokens"),
                usage.path("cached_tokens"));
        OptionalLong written = firstPositive(promptDetails.path("cache_write_tokens"));
        Usage.Builder counts = Usage.builder();
        cached.ifPresent(counts::cacheReadTokens);
        written.ifPresent(counts::cacheCreationTokens);
        Numbers.toCount(usage.path("prompt_tokens"))
                .ifPresent(prompt -> counts.inputTokens(Math.max(0, prompt - cached.orElse(0) - written.orElse(0))));
        Numbers.toCount(usage.path("completion_tokens")).ifPresent(counts::outputTokens);
        firstPositive(usage.path("completion_tokens_details").path("reasoning_tokens"))
                .ifPresent(counts::thinkingTokens);
        return counts.build();
    }

    /** The first count above 0, else a 0 that was said, else nothing. */
    private static OptionalLong firstPositive(JsonNode... counts) {
        OptionalLong said = OptionalLong.empty();
        for (JsonNode count : counts) {
            OptionalLong value = Numbers.toCount(count);
            if (value.isPresent() && value.getAsLong() > 0) {
                return value;
            }
            said = value.isPresent() ? OptionalLong.of(0) : said;
        }
        return said;
    }
}
