package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;

/** What a client speaks. Stateless. */
interface ClientDialect {

    /** The name in metrics and the access log. */
    String id();

    /** What a provider has to offer so that requests pass through to it as they are; empty: they never do. */
    Optional<Operation> operation();

    /**
     * Reads a request.
     *
     * @throws ProviderException of kind INVALID_REQUEST if it cannot be understood
     */
    ClientRequest read(ObjectNode body);

    /** The status of an error, as the SDKs of this dialect know it. */
    int errorStatus(UpstreamError error);

    ObjectNode errorBody(UpstreamError error);

    /** Whether an upstream's error has this dialect's shape, so that it can be passed on as it is. */
    boolean isOwnError(byte[] body);

    /** The text that ends a stream which failed. */
    String failure(ProviderException failure);

    /** Text that may stand between two events of a silent stream; empty if there is none. */
    String ping();

    /** Whether the last events of a stream say that it is complete. */
    boolean isComplete(String lastEvents);
}
