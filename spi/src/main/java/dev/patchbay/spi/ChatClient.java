package dev.patchbay.spi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A connection to one provider, as made by {@link Dialect#connect}. Safe for use by several threads.
 */
public interface ChatClient extends AutoCloseable {

    /**
     * Sends one request and returns its answer as a stream.
     *
     * <p>May return before anything has arrived. Whether the provider is asked to stream is the client's business; the
     * caller gets a stream either way.
     *
     * @throws ProviderException if the provider refuses or cannot be reached
     */
    ChatStream stream(ChatRequest request);

    /**
     * Asks the provider which models it has.
     *
     * @return empty if it cannot be asked, which is the default
     * @throws ProviderException if the provider refuses or cannot be reached
     */
    default Optional<List<ModelInfo>> models() {
        return Optional.empty();
    }

    /**
     * Asks the provider how many tokens a request has, without an answer to it.
     *
     * @return empty if it cannot be asked, which is the default: the host estimates
     * @throws ProviderException if the provider refuses or cannot be reached
     */
    default OptionalLong countTokens(ChatRequest request) {
        return OptionalLong.empty();
    }

    /** Releases what the client holds; streams that are open end. Idempotent. Default: nothing to release. */
    @Override
    default void close() {}
}
