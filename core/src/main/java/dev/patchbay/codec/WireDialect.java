package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.util.function.Consumer;

/**
 * What an upstream speaks: how requests are written for it and its answers are read. Stateless; safe for use by several
 * threads.
 */
public interface WireDialect {

    /** The name in {@code dialect:} of a provider file. */
    String id();

    /** The key in {@code endpoints:} of a provider file. */
    String operation();

    /**
     * The body to send.
     *
     * @param request what is asked; its model goes on the wire as it is
     * @param quirks how this upstream differs
     * @return a tree of the caller's own
     */
    ObjectNode encode(ChatRequest request, Quirks quirks);

    /**
     * A decoder for one answer that comes as an event stream.
     *
     * @param request the request that is answered, as it was before {@link #encode}
     * @param quirks the quirks it was encoded with
     * @param sink takes the events
     */
    StreamDecoder streamDecoder(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink);

    /**
     * Reads an answer that came as one JSON body with a status of 200, be it that no stream was asked for or that the
     * upstream ignored it.
     *
     * @param sink takes the same events that a stream would give
     * @throws ProviderException if the body is, or holds, an error; nothing was emitted then
     */
    void decode(ChatRequest request, Quirks quirks, JsonNode body, Consumer<ChatEvent> sink);

    /**
     * Reads an answer as {@link #decode(ChatRequest, Quirks, JsonNode, Consumer)} does, from bytes.
     *
     * @throws ProviderException also if the bytes are not JSON (status 502)
     */
    default void decode(ChatRequest request, Quirks quirks, byte[] body, Consumer<ChatEvent> sink) {
        decode(request, quirks, Bodies.answer(body), sink);
    }
}
