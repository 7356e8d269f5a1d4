package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A model that a provider says it has. What it did not say is absent, never made up. Immutable. */
public final class ModelInfo {

    private final String id;
    private final @Nullable String name;
    private final @Nullable Long contextTokens;
    private final @Nullable Long maxOutputTokens;

    private ModelInfo(Builder builder) {
        this.id = builder.id;
        this.name = builder.name;
        this.contextTokens = builder.contextTokens;
        this.maxOutputTokens = builder.maxOutputTokens;
    }

    /**
     * A model.
     *
     * @param id as it goes on the wire
     */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** As it goes on the wire, byte for byte. */
    public String id() {
        return id;
    }

    /** What people call it. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The most tokens of a conversation, question and answer together. */
    public OptionalLong contextTokens() {
        return contextTokens == null ? OptionalLong.empty() : OptionalLong.of(contextTokens);
    }

    /** The most tokens of an answer. */
    public OptionalLong maxOutputTokens() {
        return maxOutputTokens == null ? OptionalLong.empty() : OptionalLong.of(maxOutputTokens);
    }

    @Override
    public String toString() {
        return "ModelInfo[" + id + "]";
    }

    /** Collects what is known. Not safe for use by several threads. */
    public static final class Builder {

        private final String id;
        private @Nullable String name;
        private @Nullable Long contextTokens;
        private @Nullable Long maxOutputTokens;

        private Builder(String id) {
            this.id = requireNonNull(id, "id is null");
        }

        public Builder name(String text) {
            this.name = requireNonNull(text, "text is null");
            return this;
        }

        public Builder contextTokens(long count) {
            this.contextTokens = count;
            return this;
        }

        public Builder maxOutputTokens(long count) {
            this.maxOutputTokens = count;
            return this;
        }

        public ModelInfo build() {
            return new ModelInfo(this);
        }
    }
}
