package dev.patchbay.spi;

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

    /** Releases what the client holds; streams that are open end. Idempotent. Default: nothing to release. */
    @Override
    default void close() {}
}
