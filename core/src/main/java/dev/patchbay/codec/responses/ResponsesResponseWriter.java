package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.spi.StopReason;
import java.util.List;
import java.util.Optional;

/** Writes a whole answer for a Responses client (dialects.md, P4). */
public final class ResponsesResponseWriter {

    private ResponsesResponseWriter() {}

    /**
     * The response.
     *
     * @param answer a complete answer
     * @param model the model that the client asked for
     * @param tools of the request that is answered
     */
    public static ObjectNode write(AnswerCollector answer, String model, ResponsesTools tools) {
        ResponsesItems items = new ResponsesItems(tools);
        List<ObjectNode> output = answer.content().stream()
                .map(items::item)
                .flatMap(Optional::stream)
                .toList();
        return new ResponsesEnvelope(model)
                .ended(answer.stopReason().orElse(StopReason.END_TURN), output, answer.usage());
    }
}
