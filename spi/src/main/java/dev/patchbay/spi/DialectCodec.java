package dev.patchbay.spi;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A dialect as a translation and nothing else: a request becomes bytes, bytes become events. The host does the rest: it
 * sends, waits, repeats and closes.
 *
 * <p>Pure: no I/O, no waiting, no state but that of one answer. Called on threads that may be held up, never on one that
 * others depend on. Safe for use by several threads.
 */
public interface DialectCodec {

    /**
     * The call for a request.
     *
     * @param secrets looks up a secret among the provider's options, now
     * @throws ProviderException of kind {@link ProviderException.Kind#INVALID_REQUEST} if the request cannot be put into
     *     this dialect
     */
    HttpCall encode(ChatRequest request, Function<SecretRef, Secret> secrets);

    /**
     * Begins to read an answer whose status is below 300.
     *
     * @param request as it was encoded
     * @param reply the head of the answer; its body is handed to the decoder piece by piece
     */
    AnswerDecoder decoder(ChatRequest request, HttpHead reply);

    /**
     * Reads an answer whose status is 300 or above.
     *
     * @param body the beginning of it, at most 64 KiB
     */
    ProviderException failure(HttpHead reply, byte[] body);

    /** Reads one answer. Used by one thread. */
    interface AnswerDecoder {

        /**
         * Takes more of the body, cut anywhere, also inside a character.
         *
         * @param piece not empty
         * @return the events that are complete now, in the order of {@link ChatEvent}
         * @throws ProviderException of kind {@link ProviderException.Kind#SERVER} if it cannot be read, or of another kind
         *     if the provider says in it what went wrong
         */
        List<ChatEvent> decode(byte[] piece);

        /**
         * The body has ended.
         *
         * @return the rest, up to {@link ChatEvent.Stopped}
         * @throws ProviderException of kind {@link ProviderException.Kind#SERVER} if the answer broke off
         */
        List<ChatEvent> end();
    }

    /** Status and headers of an answer. */
    interface HttpHead {

        int status();

        /** The first header of that name, ignoring case. */
        Optional<String> header(String name);
    }
}
