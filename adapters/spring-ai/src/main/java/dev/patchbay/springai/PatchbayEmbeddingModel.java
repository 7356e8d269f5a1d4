package dev.patchbay.springai;

import static java.util.Objects.requireNonNull;

import dev.patchbay.Patchbay;
import dev.patchbay.client.Embeddings;
import dev.patchbay.client.ModelClient;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.spi.ProviderException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.ai.document.Document;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

/**
 * An embedding model of any provider as Spring AI's {@link EmbeddingModel}. Many texts are sent in as many calls as the provider wants. Options
 * that name another model lead there. Safe for use by several threads, and cheap.
 */
public final class PatchbayEmbeddingModel implements EmbeddingModel {

    private final ModelClient client;

    private PatchbayEmbeddingModel(ModelClient client) {
        this.client = client;
    }

    /**
     * A model.
     *
     * @param model as for {@link Patchbay#client(String)}
     * @throws ConfigurationException if it means nothing, or cannot work as configured
     */
    public static PatchbayEmbeddingModel of(Patchbay patchbay, String model) {
        return new PatchbayEmbeddingModel(
                requireNonNull(patchbay, "patchbay is null").client(model));
    }

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
        Embeddings embeddings = embed(request);
        List<Embedding> results = new ArrayList<>();
        for (float[] vector : embeddings.vectors()) {
            results.add(new Embedding(vector, results.size()));
        }
        Map<String, Object> metadata = new HashMap<>();
        metadata.put(SpringAiAnswers.PROVIDER, embeddings.provider());
        embeddings.costUsd().ifPresent(cost -> metadata.put(SpringAiAnswers.COST, cost));
        return new EmbeddingResponse(results, metadata(embeddings, metadata));
    }

    @Override
    public float[] embed(Document document) {
        return embed(String.valueOf(document.getFormattedContent(MetadataMode.EMBED)));
    }

    private Embeddings embed(EmbeddingRequest request) {
        EmbeddingOptions options = request.getOptions();
        try {
            dev.patchbay.client.EmbeddingRequest.Builder asked =
                    dev.patchbay.client.EmbeddingRequest.builder(request.getInstructions());
            if (options != null && options.getDimensions() != null) {
                asked.dimensions(options.getDimensions());
            }
            String other = options == null ? null : options.getModel();
            return (other == null ? client : client.at(other)).embed(asked.build());
        } catch (ProviderException failure) {
            throw SpringAiFailures.of(client, failure);
        } catch (ConfigurationException unusable) {
            throw SpringAiFailures.of(unusable);
        }
    }

    /** Where the usage is not known it is null, as it is of chats. */
    @SuppressWarnings("NullAway")
    private static EmbeddingResponseMetadata metadata(Embeddings embeddings, Map<String, Object> metadata) {
        return new EmbeddingResponseMetadata(embeddings.modelId(), PatchbayUsage.of(embeddings.usage()), metadata);
    }
}
