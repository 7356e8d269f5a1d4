package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.ThinkingProof;
import dev.patchbay.spi.ContentBlock;
import java.util.Optional;

/**
 * Reasoning items of a Responses upstream as thinking: the item itself, byte for byte, is what proves it, and goes back in its
 * place (dialects.md, 1.10 and 1.11).
 */
final class EncryptedReasoning {

    private static final String DIALECT = "openai-reasoning";

    private EncryptedReasoning() {}

    /** The signature of the thinking in an item; empty for an item that the endpoint would not take back. */
    static String signature(JsonNode item) {
        boolean encrypted = !item.path("encrypted_content").asText("").isEmpty();
        return encrypted && item instanceof ObjectNode object ? ThinkingProof.seal(DIALECT, object) : "";
    }

    /** The item that some thinking came from; empty for thinking of anyone else. */
    static Optional<ObjectNode> item(ContentBlock.Thinking thinking) {
        return ThinkingProof.open(DIALECT, thinking.signature());
    }

    /** The readable text of an item: its own where it is shown, else its summary, of which each part is a paragraph. */
    static String text(JsonNode item) {
        String own = joined(item.path("content"), "");
        return own.isEmpty() ? joined(item.path("summary"), "\n\n") : own;
    }

    private static String joined(JsonNode parts, String between) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts) {
            text.append(text.isEmpty() ? "" : between).append(part.path("text").asText(""));
        }
        return text.toString();
    }
}
