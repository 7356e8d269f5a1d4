package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.codec.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a message of an answer.
 *
 * @param annotations what the text cites, at places that count from its beginning
 */
record OutputPart(String text, boolean isRefusal, JsonNode annotations) {

    /** The parts of a message; some servers have a text in their place. */
    static List<OutputPart> of(JsonNode content) {
        if (content.isTextual()) {
            return List.of(new OutputPart(content.textValue(), false, MissingNode.getInstance()));
        }
        List<OutputPart> parts = new ArrayList<>();
        for (JsonNode part : content) {
            boolean refusal = part.path("type").asText("").equals(Refusal.MEMBER);
            String text = part.path(refusal ? Refusal.MEMBER : "text").asText("");
            parts.add(new OutputPart(text, refusal, part.path("annotations")));
        }
        return parts;
    }
}
