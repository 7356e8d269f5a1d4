package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.Optional;
import java.util.Set;

/** How a Responses answer ended: why, or with which error (dialects.md, R7, R9 and 1.11). */
final class ResponsesEnd {

    private static final Set<String> WHOLE = Set.of("", "completed", "incomplete");

    private ResponsesEnd() {}

    /** The failure that a response says of itself; empty if it has not failed. */
    static Optional<ProviderException> failure(JsonNode response) {
        JsonNode error = response.path("error");
        String status = status(response);
        if (error.isObject() || error.isTextual()) {
            return Optional.of(ErrorReader.readInside(response).toException());
        }
        return WHOLE.contains(status)
                ? Optional.empty()
                : Optional.of(Bodies.unusable("upstream ended its answer as '" + status + "', without a message"));
    }

    /**
     * The failure of an answer that does not say how it ended, and ended inside a call (S11), or of one with nothing in it that
     * nobody counted (R9); empty if it is none.
     *
     * @param items what came of it
     */
    static Optional<ProviderException> cut(JsonNode response, OutputItems items) {
        boolean nothing = items.isEmpty() && response.path("output").isEmpty();
        if (nothing && !response.path("usage").isObject() && !status(response).equals("incomplete")) {
            return Optional.of(Bodies.unusable("upstream answered without any output"));
        }
        boolean silent = status(response).isEmpty();
        return silent && items.hasCutCall()
                ? Optional.of(Bodies.unusable("upstream answer ended inside the arguments of a tool call"))
                : Optional.empty();
    }

    /** The event that says why the answer ended. */
    static ChatEvent.Finishing event(JsonNode response, OutputItems items, Usage usage) {
        return ChatEvent.finishing(reason(response, items), usage);
    }

    /** An answer that is not whole is cut at the limit, whatever else was called or said. */
    private static StopReason reason(JsonNode response, OutputItems items) {
        String cause = response.path("incomplete_details").path("reason").asText("");
        if (cause.equals("content_filter")) {
            return StopReason.REFUSAL;
        }
        if (!cause.isEmpty() || status(response).equals("incomplete")) {
            return StopReason.MAX_TOKENS;
        }
        if (items.refused()) {
            return StopReason.REFUSAL;
        }
        return items.calledTools() ? StopReason.TOOL_USE : StopReason.END_TURN;
    }

    private static String status(JsonNode response) {
        return response.path("status").asText("");
    }
}
