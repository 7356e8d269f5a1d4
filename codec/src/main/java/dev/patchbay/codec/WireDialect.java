package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Usage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What an upstream speaks, all of it: where its operations are, how callers prove who they are, how requests are written for
 * it and its answers are read. Stateless; safe for use by several threads.
 */
public interface WireDialect {

    /** The operation that lists models, a key of {@code endpoints:}; every dialect has it. */
    String MODELS = "models";

    /** The operation that turns texts into vectors, a key of {@code endpoints:}. */
    String EMBEDDINGS = "embeddings";

    /** The name in {@code dialect:} of a provider file. */
    String id();

    /** What people write who mean it, in lower case with hyphens: names of companies, products and APIs. Default: nothing. */
    default Set<String> otherNames() {
        return Set.of();
    }

    /** The operation of a conversation: a key in {@code endpoints:} of a provider file. */
    String operation();

    /** The operation that counts the tokens of a request without answering it. Default: there is none. */
    default Optional<String> tokenCount() {
        return Optional.empty();
    }

    /**
     * The body that asks for the number of tokens, where the dialect has such an operation.
     *
     * @throws ProviderException as for {@link #encode}
     */
    default ObjectNode encodeTokenCount(ChatRequest request, Quirks quirks) {
        return encode(request, quirks);
    }

    /**
     * Where an operation is that a provider file does not place.
     *
     * @param operation a key of {@code endpoints:}
     * @param stream whether the answer is to be streamed
     * @return empty for what a server of this dialect does not offer by itself
     */
    Optional<OperationPath> path(String operation, boolean stream);

    /** The header of the key, where a file does not say. Default: empty, which is {@code Authorization: Bearer}. */
    default Optional<String> keyHeader() {
        return Optional.empty();
    }

    /** Headers of every request, unless a file says otherwise. Default: none. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** How streamed answers are cut into pieces. Default: as server-sent events. */
    default Framing framing() {
        return Framing.EVENTS;
    }

    /** How the list of models is asked for page by page. Default: empty, since it comes whole. */
    default Optional<ModelPaging> modelPaging() {
        return Optional.empty();
    }

    /**
     * The body to send.
     *
     * @param request what is asked; its model goes on the wire as it is
     * @param quirks how this upstream differs
     * @param dropped takes the names of what cannot be sent (M6)
     * @return a tree of the caller's own
     * @throws ProviderException of kind INVALID_REQUEST if what cannot be sent is the point of the request (K3)
     */
    ObjectNode encode(ChatRequest request, Quirks quirks, DroppedMembers dropped);

    /** The body to send, for callers that do not ask what could not be sent. */
    default ObjectNode encode(ChatRequest request, Quirks quirks) {
        return encode(request, quirks, new DroppedMembers("the provider"));
    }

    /**
     * A decoder for one answer that comes as an event stream.
     *
     * @param request the request that is answered, as it was before {@link #encode}
     * @param quirks the quirks it was encoded with
     * @param sink takes the events
     */
    StreamDecoder streamDecoder(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink);

    /**
     * The tokens that a member {@code usage} counts, as disjoint counts. Default: unknown, for a dialect that has no such member.
     *
     * @param counts the member's value, of an answer or of an event
     */
    default Usage usage(JsonNode counts) {
        return Usage.unknown();
    }

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
     * @throws ProviderException also if the bytes are not JSON
     */
    default void decode(ChatRequest request, Quirks quirks, byte[] body, Consumer<ChatEvent> sink) {
        decode(request, quirks, Bodies.answer(body), sink);
    }
}
