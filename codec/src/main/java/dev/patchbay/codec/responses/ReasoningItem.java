package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.ThinkingProof;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ContentBlock;
import java.util.Optional;

/**
 * Thinking as a reasoning item (dialects.md, P2 and VQ6). What proves it to the provider that thought it travels in {@code
 * encrypted_content}, which clients give back as it is.
 */
final class ReasoningItem {

    private static final String DIALECT = "anthropic";
    private static final String THINKING = "thinking";
    private static final String SIGNATURE = "signature";
    private static final String REDACTED = "redacted";

    private ReasoningItem() {}

    /** The block of an item; empty if there is nothing in it that anyone here can read. */
    static Optional<ContentBlock> read(JsonNode item) {
        Optional<ContentBlock> proved = proved(item.path("encrypted_content").asText(""));
        if (proved.isPresent()) {
            return proved;
        }
        String full = texts(item.path("content"));
        String text = full.isEmpty() ? texts(item.path("summary")) : full;
        return text.isEmpty() ? Optional.empty() : Optional.of(ContentBlock.thinking(text, ""));
    }

    /** Puts the proof of some thinking into its item. */
    static void prove(ObjectNode item, String thinking, String signature) {
        if (!signature.isEmpty()) {
            seal(item, Json.object().put(THINKING, thinking).put(SIGNATURE, signature));
        }
    }

    /** Puts thinking that only its provider can read into its item. */
    static void prove(ObjectNode item, ContentBlock.RedactedThinking redacted) {
        seal(item, Json.object().put(REDACTED, redacted.data()));
    }

    private static void seal(ObjectNode item, ObjectNode proof) {
        item.put("encrypted_content", ThinkingProof.seal(DIALECT, proof));
    }

    private static Optional<ContentBlock> proved(String sealed) {
        return ThinkingProof.open(DIALECT, sealed).flatMap(proof -> {
            String redacted = proof.path(REDACTED).asText("");
            if (!redacted.isEmpty()) {
                return Optional.of(ContentBlock.redactedThinking(redacted));
            }
            String signature = proof.path(SIGNATURE).asText("");
            return signature.isEmpty()
                    ? Optional.empty()
                    : Optional.of(ContentBlock.thinking(proof.path(THINKING).asText(""), signature));
        });
    }

    private static String texts(JsonNode parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }
}
