package dev.patchbay.client;

import dev.patchbay.provider.Model;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ModelInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One model of one provider, without a session, as {@link dev.patchbay.Patchbay#client(String)} makes it: retries, fallbacks and
 * redaction are those of a session, and nothing is stored.
 *
 * <p>Safe for use by several threads, cheap to make and to drop: connections belong to the {@code Patchbay}, and no thread is started.
 * Each request goes by the provider files of its moment. Closing one ends the streams that it opened.
 *
 * <p>Not to be implemented outside Patchbay: methods are added with minor versions.
 */
public interface ModelClient extends ChatClient {

    /**
     * Asks, and gives the answer as it comes. Returns at once; the first {@code next} sends. The model is that of the client, whatever
     * the request says.
     *
     * @throws IllegalArgumentException if the request holds what cannot be JSON, or is nested deeper than 400 levels
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot be routed any more
     */
    @Override
    ModelStream stream(ChatRequest request);

    /**
     * Asks, and waits for the whole answer. An interrupt of the thread ends the call.
     *
     * @throws dev.patchbay.spi.ProviderException if the provider and its fallbacks fail, or the answer breaks off
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot be routed any more
     */
    default ModelResponse ask(ChatRequest request) {
        try (ModelStream stream = stream(request)) {
            Optional<ChatEvent> event = stream.next();
            while (event.isPresent()) {
                event = stream.next();
            }
            return stream.response();
        }
    }

    /**
     * A client for another model. A name without a provider is a model of this client's provider; otherwise names are looked up as
     * by {@link dev.patchbay.Patchbay#client(String)}.
     *
     * @param name {@code provider/model}, an alias or a model of this client's provider
     * @throws dev.patchbay.diagnostic.ConfigurationException if it means nothing, with the ids that are near; nothing was sent
     */
    ModelClient at(String name);

    /** The id of the provider that the next request goes to first. */
    String provider();

    /**
     * What is known of the model now: name on the wire, limits, price. From the provider's file, else from its own list as far as it is at
     * hand, else from the catalogue; asks nobody.
     */
    Model model();

    /**
     * The models that the provider says it has; asked at first use, and kept for ten minutes. Waits five seconds at most.
     *
     * @return empty if it tells none, or could not be asked
     */
    @Override
    Optional<List<ModelInfo>> models();

    /**
     * Asks the provider how many tokens a request has.
     *
     * @return empty if it cannot be asked: then {@link #estimateTokens} tells
     */
    @Override
    OptionalLong countTokens(ChatRequest request);

    /**
     * Asks for the vectors of texts, in as many calls as they take, and waits. Retries are those of the file; no fallback steps in, since
     * vectors of different models cannot be compared.
     *
     * @throws dev.patchbay.spi.ProviderException if the provider fails, or offers no embeddings
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot be routed any more
     */
    Embeddings embed(EmbeddingRequest request);

    /** Estimates how many tokens a request has, rather too many than too few; asks nobody. */
    long estimateTokens(ChatRequest request);
}
