package dev.patchbay.client;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Texts whose vectors are asked for. Immutable. */
public final class EmbeddingRequest {

    /** The most texts of one call where nothing else is said: what OpenAI takes. */
    public static final int MOST_TEXTS = 2_048;

    private final List<String> texts;
    private final @Nullable Integer dimensions;
    private final int batchSize;
    private final Map<String, @Nullable Object> more;

    private EmbeddingRequest(Builder builder) {
        this.texts = builder.texts;
        this.dimensions = builder.dimensions;
        this.batchSize = builder.batchSize;
        this.more = Collections.unmodifiableMap(new LinkedHashMap<>(builder.more));
    }

    /** The vectors of these texts, in their order. */
    public static EmbeddingRequest of(List<String> texts) {
        return builder(texts).build();
    }

    /** Starts a request for the vectors of these texts, in their order. */
    public static Builder builder(List<String> texts) {
        return new Builder(List.copyOf(texts));
    }

    public List<String> texts() {
        return texts;
    }

    /** How many numbers a vector is to have, where the model lets one choose. */
    public OptionalInt dimensions() {
        return dimensions == null ? OptionalInt.empty() : OptionalInt.of(dimensions);
    }

    /** The most texts of one call. */
    public int batchSize() {
        return batchSize;
    }

    /** Members of the request that are not modelled, such as {@code encoding_format} or {@code input_type}. */
    public Map<String, @Nullable Object> more() {
        return more;
    }

    /** Collects a request. Not safe for use by several threads. */
    public static final class Builder {

        private final List<String> texts;
        private @Nullable Integer dimensions;
        private int batchSize = MOST_TEXTS;
        private final Map<String, @Nullable Object> more = new LinkedHashMap<>();

        private Builder(List<String> texts) {
            this.texts = texts;
        }

        public Builder dimensions(int count) {
            this.dimensions = count;
            return this;
        }

        /**
         * The most texts of one call, at least 1. Default: {@link EmbeddingRequest#MOST_TEXTS}; a provider that refuses so many is asked
         * for fewer.
         */
        public Builder batchSize(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("a batch has at least 1 text, not " + most);
            }
            this.batchSize = most;
            return this;
        }

        /** Sets a member that is not modelled; a JDK value as {@link dev.patchbay.spi.ContentBlock} describes. */
        public Builder more(String name, @Nullable Object value) {
            more.put(requireNonNull(name, "name is null"), value);
            return this;
        }

        public EmbeddingRequest build() {
            return new EmbeddingRequest(this);
        }
    }
}
