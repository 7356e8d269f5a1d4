package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.TokenEstimate;
import dev.patchbay.codec.json.Json;

/** Answers {@code count_tokens} where the upstream cannot (dialects.md, C1). */
public final class TokenCounts {

    private TokenCounts() {}

    /**
     * The answer to a request for the count.
     *
     * @param body the client's request: that of a message, without what only sampling needs
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST if it cannot be understood
     */
    public static ObjectNode answer(ObjectNode body) {
        return Json.object().put("input_tokens", TokenEstimate.of(MessagesRequestReader.read(body)));
    }
}
