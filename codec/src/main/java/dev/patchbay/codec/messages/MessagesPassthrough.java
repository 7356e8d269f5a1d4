package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.ThinkingProof;
import dev.patchbay.codec.ToolIds;
import dev.patchbay.codec.WebCitations;
import java.util.Iterator;
import java.util.Locale;

/**
 * A Messages request for a Messages upstream: nothing is changed but the model, and what another provider left in the
 * history (dialects.md, A1 and A2).
 */
public final class MessagesPassthrough {

    private MessagesPassthrough() {}

    /**
     * Prepares a request, in place.
     *
     * @param body the client's request
     * @param model the model on the wire
     */
    public static void prepare(ObjectNode body, String model) {
        prepare(body, model, "keep");
    }

    /**
     * Prepares a request, in place, for an upstream that may not know all of Anthropic's dialect.
     *
     * @param midSystem what becomes of system messages inside the conversation (Q3)
     */
    public static void prepare(ObjectNode body, String model, String midSystem) {
        body.put("model", model);
        if (!midSystem.equals("keep")) {
            MidSystemJson.place(body, midSystem);
        }
        Iterator<JsonNode> messages = body.path("messages").elements();
        while (messages.hasNext()) {
            if (messages.next().path("content") instanceof ArrayNode content && !content.isEmpty()) {
                clean(content);
                if (content.isEmpty()) {
                    messages.remove();
                }
            }
        }
    }

    /**
     * Whether a header of the client's passes to the upstream: those that say how the body is to be understood. Never one
     * that proves who the client is (A1, U4, U5).
     *
     * @param name in any case
     */
    public static boolean passes(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("anthropic-version")
                || lower.equals("anthropic-beta")
                || lower.startsWith("x-claude-code-");
    }

    private static void clean(ArrayNode content) {
        Iterator<JsonNode> blocks = content.elements();
        while (blocks.hasNext()) {
            JsonNode block = blocks.next();
            if (isRefused(block)) {
                blocks.remove();
            } else if (block instanceof ObjectNode object) {
                clean(object);
            }
        }
    }

    private static void clean(ObjectNode block) {
        if (block.path("type").asText("").endsWith("tool_use")) {
            bringId(block, "id");
        }
        bringId(block, "tool_use_id");
        WebCitations.removeUnproved(block);
        if (block.path("type").asText("").equals("tool_result") && block.path("content") instanceof ArrayNode content) {
            clean(content);
        }
    }

    private static void bringId(ObjectNode block, String member) {
        JsonNode id = block.path(member);
        if (id.isTextual()) {
            block.put(member, ToolIds.forMessages(id.textValue()));
        }
    }

    private static boolean isRefused(JsonNode block) {
        return switch (block.path("type").asText("")) {
            case "text" -> block.path("text").asText("").isBlank();
            case "thinking" -> isForeign(block.path("signature").asText(""));
            default -> false;
        };
    }

    private static boolean isForeign(String signature) {
        return signature.isBlank() || ThinkingProof.isSealed(signature);
    }
}
