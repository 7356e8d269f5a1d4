package dev.patchbay.client;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The vectors of texts, by whom, and what they took. */
public final class Embeddings {

    private final String provider;
    private final String modelId;
    private final List<float[]> vectors;
    private final Usage usage;
    private final @Nullable BigDecimal costUsd;

    private Embeddings(
            String provider, String modelId, List<float[]> vectors, Usage usage, @Nullable BigDecimal costUsd) {
        this.provider = requireNonNull(provider, "provider is null");
        this.modelId = requireNonNull(modelId, "modelId is null");
        this.vectors = List.copyOf(vectors);
        this.usage = requireNonNull(usage, "usage is null");
        this.costUsd = costUsd;
    }

    /**
     * Vectors without a price.
     *
     * @param provider the id of the provider that gave them
     * @param modelId the model as it went on the wire
     */
    public static Embeddings of(String provider, String modelId, List<float[]> vectors, Usage usage) {
        return new Embeddings(provider, modelId, vectors, usage, null);
    }

    /** The same at a price in USD. */
    public Embeddings withCostUsd(BigDecimal cost) {
        return new Embeddings(provider, modelId, vectors, usage, requireNonNull(cost, "cost is null"));
    }

    /** The id of the provider that gave them. */
    public String provider() {
        return provider;
    }

    /** The model as it went on the wire. */
    public String modelId() {
        return modelId;
    }

    /** One for each text, in their order. */
    public List<float[]> vectors() {
        return vectors;
    }

    /** Tokens of all texts; output is 0. */
    public Usage usage() {
        return usage;
    }

    /** What they cost in USD; empty unless the price and the count are known. */
    public Optional<BigDecimal> costUsd() {
        return Optional.ofNullable(costUsd);
    }

    @Override
    public String toString() {
        return "Embeddings[" + provider + ", " + modelId + ", " + vectors.size() + "]";
    }
}
