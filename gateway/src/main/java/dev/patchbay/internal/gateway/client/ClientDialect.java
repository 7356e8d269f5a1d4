package dev.patchbay.internal.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;

/** What a client speaks. Stateless. */
public interface ClientDialect {

    /** The name in metrics and the access log. */
    String id();

    /** What a provider has to offer so that requests pass through to it as they are; empty: they never do. */
    Optional<Operation> operation();

    /**
     * Reads a request.
     *
     * @param dropped takes the names of what has no counterpart (dialects.md, M6)
     * @param kept items of earlier answers to the same client
     * @throws ProviderException of kind INVALID_REQUEST if it cannot be understood
     */
    ClientRequest read(ObjectNode body, DroppedMembers dropped, KeptItems.Of kept);

    /** The status of an error, as the SDKs of this dialect know it. */
    int errorStatus(UpstreamError error);

    ObjectNode errorBody(UpstreamError error);

    /**
     * A stream that tells an error alone, for one that clients find in a stream only; empty where the status and a body tell it.
     *
     * @param model the model that was asked
     */
    default Optional<String> errorStream(UpstreamError error, String model) {
        return Optional.empty();
    }

    /** Whether an upstream's error has this dialect's shape, so that it can be passed on as it is. */
    boolean isOwnError(byte[] body);

    /** The text that ends a stream which failed. */
    String failure(ProviderException failure);

    /**
     * The same for a stream whose events tell of one another.
     *
     * @param begin how the stream began, as far as it was kept
     * @param lastEvents what the client got last
     * @param model the model that was asked
     */
    default String failure(ProviderException failure, String begin, String lastEvents, String model) {
        return failure(failure);
    }

    /** Text that may stand between two events of a silent stream; empty if there is none. */
    String ping();

    /** Whether the last event of a stream holds all of the answer once more. */
    default boolean repeatsAnswer() {
        return false;
    }

    /** What the last events of a stream say of its end. */
    StreamEnd end(String lastEvents);

    /** The same where another answer of the stream is not at its end: why one ended ends nothing then. */
    default StreamEnd endBesideOthers(String lastEvents) {
        return end(lastEvents);
    }

    /** Whether the last characters of an event may be the mark of the end; a quick look, since every event is looked at. */
    default boolean mayBeMark(String lastCharacters) {
        return false;
    }

    /**
     * The mark of the end, for a stream that said why it ended and then did not send it.
     *
     * @param ended whether its body ended as it should
     * @return empty if it may be left out then, or the dialect has none
     */
    default String mark(boolean ended) {
        return "";
    }
}
