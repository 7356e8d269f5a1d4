package dev.patchbay.springai;

import dev.patchbay.spi.Thinking;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.DefaultToolCallingChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.tool.ToolCallback;

/** What a prompt can say beside Spring AI's own options. Immutable. */
public final class PatchbayChatOptions extends DefaultToolCallingChatOptions implements StructuredOutputChatOptions {

    private final @Nullable String outputSchema;
    private final @Nullable Thinking thinking;
    private final @Nullable String effort;
    private final @Nullable String userId;
    private final Map<String, @Nullable Object> more;

    private PatchbayChatOptions(Builder builder) {
        super(
                builder.tools(),
                builder.context(),
                builder.model(),
                builder.frequencyPenalty(),
                builder.maxTokens(),
                builder.presencePenalty(),
                builder.stopSequences(),
                builder.temperature(),
                builder.topK(),
                builder.topP());
        this.outputSchema = builder.outputSchema;
        this.thinking = builder.thinking;
        this.effort = builder.effort;
        this.userId = builder.userId;
        this.more = Collections.unmodifiableMap(new LinkedHashMap<>(builder.more));
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public @Nullable String getOutputSchema() {
        return outputSchema;
    }

    /** Whether and how much the model is to think. */
    public Optional<Thinking> thinking() {
        return Optional.ofNullable(thinking);
    }

    /** How hard it should try: {@code low}, {@code medium}, {@code high} or another level that it knows. */
    public Optional<String> effort() {
        return Optional.ofNullable(effort);
    }

    /** The end user, in the application's own words. */
    public Optional<String> userId() {
        return Optional.ofNullable(userId);
    }

    /** Members of the request that are not modelled; dialects that do not know them leave them out. */
    public Map<String, @Nullable Object> more() {
        return more;
    }

    @Override
    public Builder mutate() {
        Builder builder = new Builder()
                .model(getModel())
                .frequencyPenalty(getFrequencyPenalty())
                .maxTokens(getMaxTokens())
                .presencePenalty(getPresencePenalty())
                .stopSequences(getStopSequences())
                .temperature(getTemperature())
                .topK(getTopK())
                .topP(getTopP())
                .toolCallbacks(getToolCallbacks())
                .toolContext(getToolContext())
                .outputSchema(outputSchema);
        builder.thinking = thinking;
        builder.effort = effort;
        builder.userId = userId;
        builder.more.putAll(more);
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof PatchbayChatOptions options
                && Objects.equals(outputSchema, options.outputSchema)
                && Objects.equals(thinking, options.thinking)
                && Objects.equals(effort, options.effort)
                && Objects.equals(userId, options.userId)
                && more.equals(options.more);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), outputSchema, thinking, effort, userId, more);
    }

    /** Collects options. Not safe for use by several threads. */
    public static final class Builder extends DefaultToolCallingChatOptions.Builder<Builder>
            implements StructuredOutputChatOptions.Builder<Builder> {

        private @Nullable String outputSchema;
        private @Nullable Thinking thinking;
        private @Nullable String effort;
        private @Nullable String userId;
        private Map<String, @Nullable Object> more = new LinkedHashMap<>();

        private Builder() {}

        @Override
        public Builder outputSchema(@Nullable String schema) {
            this.outputSchema = schema;
            return this;
        }

        public Builder thinking(@Nullable Thinking value) {
            this.thinking = value;
            return this;
        }

        public Builder effort(@Nullable String level) {
            this.effort = level;
            return this;
        }

        public Builder userId(@Nullable String id) {
            this.userId = id;
            return this;
        }

        /** Sets a member that is not modelled; a JDK value as {@link dev.patchbay.spi.ContentBlock} describes. */
        public Builder more(String name, @Nullable Object value) {
            more.put(name, value);
            return this;
        }

        @Override
        public Builder clone() {
            Builder copy = super.clone();
            copy.more = new LinkedHashMap<>(more);
            return copy;
        }

        @Override
        public Builder combineWith(ChatOptions.Builder<?> other) {
            super.combineWith(other);
            if (other instanceof Builder own) {
                outputSchema = first(own.outputSchema, outputSchema);
                thinking = first(own.thinking, thinking);
                effort = first(own.effort, effort);
                userId = first(own.userId, userId);
                more.putAll(own.more);
            }
            return this;
        }

        @Override
        public PatchbayChatOptions build() {
            return new PatchbayChatOptions(this);
        }

        private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
            return one == null ? other : one;
        }

        @Nullable List<ToolCallback> tools() {
            return toolCallbacks;
        }

        @Nullable Map<String, Object> context() {
            return toolContext;
        }

        @Nullable String model() {
            return model;
        }

        @Nullable Double frequencyPenalty() {
            return frequencyPenalty;
        }

        @Nullable Integer maxTokens() {
            return maxTokens;
        }

        @Nullable Double presencePenalty() {
            return presencePenalty;
        }

        @Nullable List<String> stopSequences() {
            return stopSequences;
        }

        @Nullable Double temperature() {
            return temperature;
        }

        @Nullable Integer topK() {
            return topK;
        }

        @Nullable Double topP() {
            return topP;
        }
    }
}
