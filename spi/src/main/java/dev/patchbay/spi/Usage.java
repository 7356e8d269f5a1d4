package dev.patchbay.spi;

import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one answer. What a provider did not say is absent, never 0.
 *
 * <p>The three input counts are disjoint: {@link #inputTokens} does not include what was read from or written to a cache.
 * Immutable.
 */
public final class Usage {

    private static final Usage UNKNOWN = new Usage(new Builder());

    private final @Nullable Long inputTokens;
    private final @Nullable Long outputTokens;
    private final @Nullable Long cacheReadTokens;
    private final @Nullable Long cacheCreationTokens;
    private final @Nullable Long thinkingTokens;

    private Usage(Builder builder) {
        this.inputTokens = builder.inputTokens;
        this.outputTokens = builder.outputTokens;
        this.cacheReadTokens = builder.cacheReadTokens;
        this.cacheCreationTokens = builder.cacheCreationTokens;
        this.thinkingTokens = builder.thinkingTokens;
    }

    /** Nothing is known. */
    public static Usage unknown() {
        return UNKNOWN;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Input that was neither read from nor written to a cache. */
    public OptionalLong inputTokens() {
        return optional(inputTokens);
    }

    /** Output, thinking included. */
    public OptionalLong outputTokens() {
        return optional(outputTokens);
    }

    /** Input that was read from a cache. */
    public OptionalLong cacheReadTokens() {
        return optional(cacheReadTokens);
    }

    /** Input that was written to a cache. */
    public OptionalLong cacheCreationTokens() {
        return optional(cacheCreationTokens);
    }

    /** The part of the output that was thinking. */
    public OptionalLong thinkingTokens() {
        return optional(thinkingTokens);
    }

    /** These counts, with those of {@code later} in their place where it has any; counts grow, so a later 0 is none. */
    public Usage updatedBy(Usage later) {
        Builder merged = new Builder();
        merged.inputTokens = later(later.inputTokens, inputTokens);
        merged.outputTokens = later(later.outputTokens, outputTokens);
        merged.cacheReadTokens = later(later.cacheReadTokens, cacheReadTokens);
        merged.cacheCreationTokens = later(later.cacheCreationTokens, cacheCreationTokens);
        merged.thinkingTokens = later(later.thinkingTokens, thinkingTokens);
        return merged.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Usage usage
                && Objects.equals(inputTokens, usage.inputTokens)
                && Objects.equals(outputTokens, usage.outputTokens)
                && Objects.equals(cacheReadTokens, usage.cacheReadTokens)
                && Objects.equals(cacheCreationTokens, usage.cacheCreationTokens)
                && Objects.equals(thinkingTokens, usage.thinkingTokens);
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputTokens, outputTokens, cacheReadTokens, cacheCreationTokens, thinkingTokens);
    }

    @Override
    public String toString() {
        return "Usage[input=" + inputTokens + ", output=" + outputTokens + ", cacheRead=" + cacheReadTokens
                + ", cacheCreation=" + cacheCreationTokens + ", thinking=" + thinkingTokens + "]";
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static @Nullable Long later(@Nullable Long count, @Nullable Long before) {
        return count == null || (count == 0 && before != null) ? before : count;
    }

    /** Collects counts; what is not set stays unknown. */
    public static final class Builder {

        private @Nullable Long inputTokens;
        private @Nullable Long outputTokens;
        private @Nullable Long cacheReadTokens;
        private @Nullable Long cacheCreationTokens;
        private @Nullable Long thinkingTokens;

        private Builder() {}

        public Builder inputTokens(long count) {
            this.inputTokens = count;
            return this;
        }

        public Builder outputTokens(long count) {
            this.outputTokens = count;
            return this;
        }

        public Builder cacheReadTokens(long count) {
            this.cacheReadTokens = count;
            return this;
        }

        public Builder cacheCreationTokens(long count) {
            this.cacheCreationTokens = count;
            return this;
        }

        public Builder thinkingTokens(long count) {
            this.thinkingTokens = count;
            return this;
        }

        public Usage build() {
            return new Usage(this);
        }
    }
}
