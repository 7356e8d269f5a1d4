package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.spi.StopReason;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes a whole answer for a Responses client (dialects.md, P4). */
public final class ResponsesResponseWriter {

    private ResponsesResponseWriter() {}

    /**
     * The response.
     *
     * @param answer a complete answer
     * @param request the request that is answered
     * @param kept takes every item of it
     */
    public static ObjectNode write(AnswerCollector answer, ResponsesRequest request, Consumer<ObjectNode> kept) {
        ResponsesItems items = new ResponsesItems(request);
        List<ObjectNode> output = answer.content().stream()
                .map(items::item)
                .flatMap(Optional::stream)
                .toList();
        boolean refused = output.stream().anyMatch(ResponsesItems::isRefusal);
        StopReason reason = ResponsesItems.reason(answer.stopReason().orElse(StopReason.END_TURN), refused);
        if (ResponsesEnvelope.isCut(reason) && !output.isEmpty()) {
            ResponsesItems.cut(output.get(output.size() - 1));
        }
        output.forEach(kept);
        return new ResponsesEnvelope(request.request().model(), request.echoed()).ended(reason, output, answer.usage());
    }
}
