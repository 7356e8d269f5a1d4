package dev.patchbay.codec.responses;

import dev.patchbay.spi.ChatRequest;

/**
 * A request in OpenAI Responses.
 *
 * @param request the request in the internal form
 * @param tools what the answer needs to name its calls as the client knows them
 */
public record ResponsesRequest(ChatRequest request, ResponsesTools tools) {}
