package dev.patchbay.langchain4j;

import dev.langchain4j.model.output.TokenUsage;
import dev.patchbay.spi.Usage;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tokens with their details. What a provider did not say is null, never 0. Input counts all that was read, from a cache or not; output
 * holds thinking.
 */
public final class PatchbayTokenUsage extends TokenUsage {

    private final @Nullable Integer cachedInputTokenCount;
    private final @Nullable Integer cacheCreationInputTokenCount;
    private final @Nullable Integer thinkingTokenCount;

    private PatchbayTokenUsage(
            @Nullable Integer input,
            @Nullable Integer output,
            @Nullable Integer cached,
            @Nullable Integer created,
            @Nullable Integer thinking) {
        super(input, output, input == null || output == null ? null : sum(input, output));
        this.cachedInputTokenCount = cached;
        this.cacheCreationInputTokenCount = created;
        this.thinkingTokenCount = thinking;
    }

    static PatchbayTokenUsage of(Usage usage) {
        Integer read = count(usage.cacheReadTokens());
        Integer created = count(usage.cacheCreationTokens());
        Integer fresh = count(usage.inputTokens());
        Integer input = fresh == null ? null : sum(fresh, sum(read, created));
        return new PatchbayTokenUsage(input, count(usage.outputTokens()), read, created, count(usage.thinkingTokens()));
    }

    /** Counts of LangChain4j's own: what its services sum up begins with one, and comes back as metadata. */
    static PatchbayTokenUsage of(TokenUsage usage) {
        return usage instanceof PatchbayTokenUsage ours
                ? ours
                : new PatchbayTokenUsage(usage.inputTokenCount(), usage.outputTokenCount(), null, null, null);
    }

    /** The part of the input that came from a cache. */
    public @Nullable Integer cachedInputTokenCount() {
        return cachedInputTokenCount;
    }

    /** The part of the input that was written to a cache. */
    public @Nullable Integer cacheCreationInputTokenCount() {
        return cacheCreationInputTokenCount;
    }

    /** The part of the output that was thinking. */
    public @Nullable Integer thinkingTokenCount() {
        return thinkingTokenCount;
    }

    @Override
    public TokenUsage add(TokenUsage other) {
        if (other == null) {
            return this;
        }
        PatchbayTokenUsage more = of(other);
        return new PatchbayTokenUsage(
                sum(inputTokenCount(), other.inputTokenCount()),
                sum(outputTokenCount(), other.outputTokenCount()),
                sum(cachedInputTokenCount, more.cachedInputTokenCount),
                sum(cacheCreationInputTokenCount, more.cacheCreationInputTokenCount),
                sum(thinkingTokenCount, more.thinkingTokenCount));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof PatchbayTokenUsage usage
                && Objects.equals(cachedInputTokenCount, usage.cachedInputTokenCount)
                && Objects.equals(cacheCreationInputTokenCount, usage.cacheCreationInputTokenCount)
                && Objects.equals(thinkingTokenCount, usage.thinkingTokenCount);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), cachedInputTokenCount, cacheCreationInputTokenCount, thinkingTokenCount);
    }

    @Override
    public String toString() {
        return "PatchbayTokenUsage[input=" + inputTokenCount() + ", output=" + outputTokenCount() + ", cached="
                + cachedInputTokenCount + ", cacheCreation=" + cacheCreationInputTokenCount + ", thinking="
                + thinkingTokenCount + "]";
    }

    private static @Nullable Integer count(OptionalLong tokens) {
        return tokens.isEmpty() ? null : (Integer) (int) Math.min(Integer.MAX_VALUE, tokens.getAsLong());
    }
}
