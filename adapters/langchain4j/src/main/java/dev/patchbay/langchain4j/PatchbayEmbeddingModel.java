package dev.patchbay.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.patchbay.Patchbay;
import dev.patchbay.client.EmbeddingRequest;
import dev.patchbay.client.Embeddings;
import dev.patchbay.client.ModelClient;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import java.util.Map;

/**
 * An embedding model of any provider as LangChain4j's {@link EmbeddingModel}. Many texts are sent in as many calls as the provider wants; what it
 * cost in USD is {@code costUsd} among the metadata, where the price is known. Safe for use by several threads, and cheap.
 */
public final class PatchbayEmbeddingModel implements EmbeddingModel {

    private final ModelClient client;
    private final String name;
    private final int dimensions;

    private PatchbayEmbeddingModel(ModelClient client, int dimensions) {
        this.client = client;
        this.name = client.model().upstreamId();
        this.dimensions = dimensions;
    }

    /**
     * A model whose vectors are as long as it likes.
     *
     * @param model as for {@link Patchbay#client(String)}
     * @throws ConfigurationException if it means nothing, or cannot work as configured
     */
    public static PatchbayEmbeddingModel of(Patchbay patchbay, String model) {
        return new PatchbayEmbeddingModel(
                requireNonNull(patchbay, "patchbay is null").client(model), 0);
    }

    /** The same with vectors of this many numbers, where the model lets one choose. */
    public PatchbayEmbeddingModel withDimensions(int count) {
        return new PatchbayEmbeddingModel(client, count);
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        EmbeddingRequest.Builder request = EmbeddingRequest.builder(
                segments.stream().map(TextSegment::text).toList());
        if (dimensions > 0) {
            request.dimensions(dimensions);
        }
        Embeddings embeddings = embed(request.build());
        return Response.from(
                embeddings.vectors().stream().map(Embedding::from).toList(),
                PatchbayTokenUsage.of(embeddings.usage()),
                null,
                embeddings
                        .costUsd()
                        .<Map<String, Object>>map(cost -> Map.of("costUsd", cost))
                        .orElse(Map.of()));
    }

    @Override
    public String modelName() {
        return name;
    }

    @Override
    public ModelProvider provider() {
        return Providers.of(client.provider());
    }

    @Override
    public int dimension() {
        return dimensions > 0 ? dimensions : EmbeddingModel.super.dimension();
    }

    /** @throws LangChain4jException if the provider fails */
    private Embeddings embed(EmbeddingRequest request) {
        try {
            return client.embed(request);
        } catch (ProviderException failure) {
            throw LangChain4jFailures.of(client, failure);
        } catch (ConfigurationException unusable) {
            throw LangChain4jFailures.of(unusable);
        }
    }
}
