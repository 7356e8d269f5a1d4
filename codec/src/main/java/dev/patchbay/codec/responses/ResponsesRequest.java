package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.spi.ChatRequest;

/**
 * A request in OpenAI Responses.
 *
 * @param request the request in the internal form
 * @param tools what the answer needs to name its calls as the client knows them
 * @param echoed the members of the request that an answer repeats
 * @param stored whether the client counts on naming the items of the answer later
 */
public record ResponsesRequest(ChatRequest request, ResponsesTools tools, ObjectNode echoed, boolean stored) {

    /** The same request with another internal form. */
    public ResponsesRequest with(ChatRequest changed) {
        return new ResponsesRequest(changed, tools, echoed, stored);
    }
}
