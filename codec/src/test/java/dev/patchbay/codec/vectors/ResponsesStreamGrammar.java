package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.util.List;

/** What a client of OpenAI Responses makes of an event stream: the answer in the form that vectors expect. */
public final class ResponsesStreamGrammar {

    private ResponsesStreamGrammar() {}

    /** Assembles the data of a whole stream, and checks its numbering. */
    public static ObjectNode assemble(List<String> data) {
        ObjectNode result = Json.object();
        result.putArray("output_item_done");
        int sequence = -1;
        for (String text : data) {
            JsonNode event = Json.parse(text);
            int number = event.path("sequence_number").asInt(-1);
            if (number <= sequence) {
                throw new AssertionError("sequence_number does not increase: " + text);
            }
            sequence = number;
            if (event.path("type").asText().equals("response.output_item.done")) {
                result.withArray("output_item_done").add(event.path("item"));
            }
            if (event.path("type").asText().startsWith("response.")) {
                result.put("terminal", event.path("type").asText());
            }
            JsonNode response = event.path("response");
            if (response.has("usage")) {
                result.set("usage", response.path("usage"));
                result.set("error", response.path("error"));
            }
        }
        return result;
    }
}
