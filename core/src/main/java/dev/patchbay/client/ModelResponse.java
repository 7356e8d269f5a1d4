package dev.patchbay.client;

import static java.util.Objects.requireNonNull;

import dev.patchbay.codec.JoinedText;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a model answered, by whom, and what it took. What is unknown is absent, never 0. Immutable. */
public final class ModelResponse {

    private final String provider;
    private final String modelId;
    private final @Nullable String id;
    private final @Nullable String reportedModel;
    private final List<ContentBlock> content;
    private final @Nullable StopReason stopReason;
    private final @Nullable String stopSequence;
    private final Usage usage;
    private final @Nullable BigDecimal costUsd;

    private ModelResponse(Builder builder) {
        this.provider = builder.provider;
        this.modelId = builder.modelId;
        this.id = builder.id;
        this.reportedModel = builder.reportedModel;
        this.content = builder.content;
        this.stopReason = builder.stopReason;
        this.stopSequence = builder.stopSequence;
        this.usage = builder.usage;
        this.costUsd = builder.costUsd;
    }

    /**
     * Starts a response without content.
     *
     * @param provider the id of the provider that answered
     * @param modelId the model as it went on the wire
     */
    public static Builder builder(String provider, String modelId) {
        return new Builder(provider, modelId);
    }

    /** The id of the provider that answered. */
    public String provider() {
        return provider;
    }

    /** The model as it went on the wire. */
    public String modelId() {
        return modelId;
    }

    /** The provider's id of the answer. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** The model that the provider says it used. */
    public Optional<String> reportedModel() {
        return Optional.ofNullable(reportedModel);
    }

    /** The blocks, in order. */
    public List<ContentBlock> content() {
        return content;
    }

    /** The texts as one, those with other blocks between them as paragraphs; empty if there are none. */
    public String text() {
        return JoinedText.of(content);
    }

    /** What the model thought, put together; empty if it said nothing of it. */
    public String thinking() {
        return of(ContentBlock.Thinking.class)
                .map(ContentBlock.Thinking::thinking)
                .collect(Collectors.joining());
    }

    /** The calls of tools that the application is to run, each whole. */
    public List<ContentBlock.ToolUse> toolCalls() {
        return of(ContentBlock.ToolUse.class).toList();
    }

    /** Why the answer ended; empty if it has not. */
    public Optional<StopReason> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    /** The sequence that ended it, if one did. */
    public Optional<String> stopSequence() {
        return Optional.ofNullable(stopSequence);
    }

    /** Tokens of this answer. */
    public Usage usage() {
        return usage;
    }

    /** What it cost in USD; empty unless every price and count is known that it takes. */
    public Optional<BigDecimal> costUsd() {
        return Optional.ofNullable(costUsd);
    }

    private <T extends ContentBlock> Stream<T> of(Class<T> kind) {
        return content.stream().filter(kind::isInstance).map(kind::cast);
    }

    @Override
    public String toString() {
        return "ModelResponse[" + provider + ", " + modelId + ", " + content.size() + " blocks, " + stopReason + "]";
    }

    /** Collects a response. Not safe for use by several threads. */
    public static final class Builder {

        private final String provider;
        private final String modelId;
        private @Nullable String id;
        private @Nullable String reportedModel;
        private List<ContentBlock> content = List.of();
        private @Nullable StopReason stopReason;
        private @Nullable String stopSequence;
        private Usage usage = Usage.unknown();
        private @Nullable BigDecimal costUsd;

        private Builder(String provider, String modelId) {
            this.provider = requireNonNull(provider, "provider is null");
            this.modelId = requireNonNull(modelId, "modelId is null");
        }

        public Builder id(String text) {
            this.id = requireNonNull(text, "text is null");
            return this;
        }

        public Builder reportedModel(String name) {
            this.reportedModel = requireNonNull(name, "name is null");
            return this;
        }

        public Builder content(List<ContentBlock> blocks) {
            this.content = List.copyOf(blocks);
            return this;
        }

        public Builder stopReason(StopReason reason) {
            this.stopReason = requireNonNull(reason, "reason is null");
            return this;
        }

        public Builder stopSequence(String text) {
            this.stopSequence = requireNonNull(text, "text is null");
            return this;
        }

        public Builder usage(Usage counts) {
            this.usage = requireNonNull(counts, "counts is null");
            return this;
        }

        public Builder costUsd(BigDecimal value) {
            this.costUsd = requireNonNull(value, "value is null");
            return this;
        }

        public ModelResponse build() {
            return new ModelResponse(this);
        }
    }
}
