package dev.patchbay.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of an answer beside LangChain4j's own: who gave it, and what it cost. */
public final class PatchbayChatResponseMetadata extends ChatResponseMetadata {

    private final @Nullable String provider;
    private final @Nullable BigDecimal costUsd;

    private PatchbayChatResponseMetadata(Builder builder) {
        super(builder);
        this.provider = builder.provider;
        this.costUsd = builder.costUsd;
    }

    /** The id of the provider that answered: that of a fallback where one stepped in. */
    public Optional<String> provider() {
        return Optional.ofNullable(provider);
    }

    /** What it cost in USD; empty unless every price and count is known that it takes. */
    public Optional<BigDecimal> costUsd() {
        return Optional.ofNullable(costUsd);
    }

    @Override
    public PatchbayTokenUsage tokenUsage() {
        return PatchbayTokenUsage.of(super.tokenUsage());
    }

    @Override
    public Builder toBuilder() {
        Builder builder = new Builder();
        super.toBuilder(builder);
        builder.provider = provider;
        builder.costUsd = costUsd;
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof PatchbayChatResponseMetadata metadata
                && Objects.equals(provider, metadata.provider)
                && Objects.equals(costUsd, metadata.costUsd);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), provider, costUsd);
    }

    @Override
    public String toString() {
        return "PatchbayChatResponseMetadata[" + provider + ", " + modelName() + ", " + finishReason() + ", "
                + tokenUsage() + ", cost " + costUsd + "]";
    }

    /** Collects metadata. Not safe for use by several threads. */
    public static final class Builder extends ChatResponseMetadata.Builder<Builder> {

        private @Nullable String provider;
        private @Nullable BigDecimal costUsd;

        Builder() {}

        Builder provider(String id) {
            this.provider = id;
            return this;
        }

        Builder costUsd(BigDecimal value) {
            this.costUsd = value;
            return this;
        }

        @Override
        public PatchbayChatResponseMetadata build() {
            return new PatchbayChatResponseMetadata(this);
        }
    }
}
