package dev.patchbay.spi;

import java.util.Optional;

/**
 * The answer to one {@link ChatRequest}, pulled event by event.
 *
 * <p>{@link #next} is called by one thread; {@link #close} may come from any thread at any time and ends a {@code next}
 * that is waiting.
 */
public interface ChatStream extends AutoCloseable {

    /**
     * Waits for the next event.
     *
     * <p>The order is that of {@link ChatEvent}. A stream that ends well gives {@link ChatEvent.Stopped} and then empty,
     * however often it is asked.
     *
     * @throws ProviderException if the answer fails or breaks off; no event follows
     */
    Optional<ChatEvent> next();

    /** Ends the exchange with the provider at once, if it has not ended. Idempotent. */
    @Override
    void close();
}
