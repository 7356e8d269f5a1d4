package dev.patchbay.springai;

import dev.patchbay.spi.Usage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Tokens of an answer of which input and output are known. Input counts all that was read, from a cache or not. */
public final class PatchbayUsage implements org.springframework.ai.chat.metadata.Usage {

    private final Usage usage;

    private PatchbayUsage(Usage usage) {
        this.usage = usage;
    }

    /** Null unless input and output are known: Spring AI adds them up, and has no way to say that it does not know one. */
    static @Nullable PatchbayUsage of(Usage usage) {
        return usage.inputTokens().isPresent() && usage.outputTokens().isPresent() ? new PatchbayUsage(usage) : null;
    }

    @Override
    public Integer getPromptTokens() {
        return toInt(usage.inputTokens().orElse(0)
                + usage.cacheReadTokens().orElse(0)
                + usage.cacheCreationTokens().orElse(0));
    }

    @Override
    public Integer getCompletionTokens() {
        return toInt(usage.outputTokens().orElse(0));
    }

    @Override
    public @Nullable Long getCacheReadInputTokens() {
        return orNull(usage.cacheReadTokens());
    }

    @Override
    public @Nullable Long getCacheWriteInputTokens() {
        return orNull(usage.cacheCreationTokens());
    }

    /** A {@link Usage}, which also knows the thinking tokens. */
    @Override
    public Object getNativeUsage() {
        return usage;
    }

    @Override
    public String toString() {
        return "PatchbayUsage[" + usage + "]";
    }

    private static Integer toInt(long tokens) {
        return (int) Math.min(Integer.MAX_VALUE, tokens);
    }

    private static @Nullable Long orNull(OptionalLong tokens) {
        return tokens.isEmpty() ? null : (Long) tokens.getAsLong();
    }
}
