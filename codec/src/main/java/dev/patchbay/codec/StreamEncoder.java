package dev.patchbay.codec;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;

/**
 * Turns events into the text of an event stream for a client. Used by one thread at a time.
 *
 * <p>Sends nothing on its own: keep-alive is the caller's business.
 */
public interface StreamEncoder {

    /** The text to send for an event; empty if there is nothing to send. */
    String encode(ChatEvent event);

    /** The text that ends a stream which failed. */
    String fail(ProviderException failure);
}
