package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.spi.Usage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Token counts of answers in OpenAI's dialects, whichever of them named the counts, as disjoint counts (dialects.md, R8). */
public final class OpenAiUsage {

    private OpenAiUsage() {}

    /** Whether a member holds counts at all. */
    public static boolean isPresent(JsonNode usage) {
        return usage.isObject() && !usage.isEmpty();
    }

    /** The counts of a chunk, in any of the places where upstreams put them; missing if there are none (S10). */
    public static JsonNode find(JsonNode chunk, JsonNode choice) {
        JsonNode own = chunk.path("usage");
        if (isPresent(own)) {
            return own;
        }
        JsonNode groq = chunk.path("x_groq").path("usage");
        JsonNode moonshot = choice.path("usage");
        return isPresent(groq) || !isPresent(moonshot) ? groq : moonshot;
    }

    /**
     * The counts after more of them came: the last word counts (S10), unless it says that there was nothing.
     *
     * @param before null for none
     */
    public static Usage later(@Nullable Usage before, JsonNode usage) {
        Usage said = read(usage);
        boolean counted = said.inputTokens().orElse(0) + said.outputTokens().orElse(0) > 0;
        return before == null || counted ? said : before;
    }

    /** The counts; unknown where there are none. */
    public static Usage read(JsonNode usage) {
        JsonNode inputDetails = either(usage, "prompt_tokens_details", "input_tokens_details");
        OptionalLong cached = firstPositive(
                inputDetails.path("cached_tokens"),
                usage.path("prompt_cache_hit_tokens"),
                usage.path("cached_tokens"),
                usage.path("cache_read_input_tokens"));
        OptionalLong written =
                firstPositive(inputDetails.path("cache_write_tokens"), usage.path("cache_creation_input_tokens"));
        Usage.Builder counts = Usage.builder();
        cached.ifPresent(counts::cacheReadTokens);
        written.ifPresent(counts::cacheCreationTokens);
        // In Anthropic's own words the counts are disjoint already.
        boolean disjoint = !usage.has("prompt_tokens") && !usage.has("input_tokens_details");
        JsonNumbers.toCount(either(usage, "prompt_tokens", "input_tokens"))
                .ifPresent(input ->
                        counts.inputTokens(disjoint ? input : uncached(input, cached.orElse(0), written.orElse(0))));
        OptionalLong thinking = firstPositive(either(usage, "completion_tokens_details", "output_tokens_details")
                .path("reasoning_tokens"));
        thinking.ifPresent(counts::thinkingTokens);
        JsonNumbers.toCount(either(usage, "completion_tokens", "output_tokens"))
                .ifPresent(output -> counts.outputTokens(output + besides(usage, output, thinking.orElse(0))));
        return counts.build();
    }

    /** OpenAI counts what it wrote to the cache within the prompt; more than there is of it was counted beside (laravel/ai#924). */
    private static long uncached(long input, long cached, long written) {
        long fresh = Math.max(0, input - cached);
        return written > fresh ? fresh : fresh - written;
    }

    /**
     * How much of the thinking is not in the count of the answer. OpenAI counts it there; xAI beside it (vercel/ai#12425), which
     * shows in the total, or in there being more of it.
     */
    private static long besides(JsonNode usage, long output, long thinking) {
        long input = JsonNumbers.toCount(either(usage, "prompt_tokens", "input_tokens"))
                .orElse(0);
        long total = JsonNumbers.toCount(usage.path("total_tokens")).orElse(0);
        return total == input + output + thinking || thinking > output ? thinking : 0;
    }

    /** A member by the name that chat has for it, else by that of OpenAI's newer dialect, which some servers use here too. */
    private static JsonNode either(JsonNode usage, String name, String newer) {
        return usage.has(name) ? usage.path(name) : usage.path(newer);
    }

    /** The first count above 0, else a 0 that was said, else nothing. */
    private static OptionalLong firstPositive(JsonNode... counts) {
        OptionalLong said = OptionalLong.empty();
        for (JsonNode count : counts) {
            OptionalLong value = JsonNumbers.toCount(count);
            if (value.isPresent() && value.getAsLong() > 0) {
                return value;
            }
            said = value.isPresent() ? OptionalLong.of(0) : said;
        }
        return said;
    }
}
