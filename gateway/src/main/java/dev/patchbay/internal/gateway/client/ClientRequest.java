package dev.patchbay.internal.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.spi.ChatRequest;

/** A client's request in the internal form, and the way back to what the client understands. */
public interface ClientRequest {

    ChatRequest request();

    /** The answer as one body. */
    ObjectNode write(AnswerCollector answer);

    /** Writes one answer as a stream. */
    StreamEncoder encoder();
}
