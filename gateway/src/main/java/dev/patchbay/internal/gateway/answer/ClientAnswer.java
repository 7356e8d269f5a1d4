package dev.patchbay.internal.gateway.answer;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;
import java.util.function.Consumer;

/** Takes an answer in the internal form and gives it to the client. Used on one event loop. */
public interface ClientAnswer extends Consumer<ChatEvent> {

    /** Sends what was taken so far, where that makes sense. */
    void flush();

    /** The answer is complete. */
    void complete();

    /** The answer failed, or broke off. */
    void failed(ProviderException failure);

    /** The same where the words may be the provider's, which may repeat what was asked. */
    default void refused(ProviderException failure) {
        failed(failure);
    }

    /** Ends what runs for it; the client has left. */
    void stop();
}
