package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.SystemMessages;
import dev.patchbay.codec.json.Json;

/** Puts system messages of a request that passes through where an upstream takes them (dialects.md, Q3, A1 and M6a). */
final class MidSystemJson {

    private MidSystemJson() {}

    /**
     * Places them, in place.
     *
     * @param midSystem {@code user} or {@code merge}
     */
    @SuppressWarnings("ReferenceEquality") // The same body comes back where there is nothing to carry out.
    static void place(ObjectNode body, String midSystem) {
        ObjectNode plain = SystemDirectives.carriedOut(body);
        if (plain == body) {
            return;
        }
        body.setAll(plain);
        ArrayNode kept = Json.array();
        ArrayNode waiting = Json.array();
        boolean begun = false;
        for (JsonNode message : plain.path("messages")) {
            boolean system = message.path("role").asText("").equals("system");
            begun |= !system;
            if (system && (!begun || midSystem.equals("merge"))) {
                merge(body, message.path("content"));
            } else if (system) {
                say(message.path("content"), kept, waiting);
            } else {
                add(message, kept, waiting);
            }
        }
        flush(kept, waiting);
        body.set("messages", kept);
    }

    private static void merge(ObjectNode body, JsonNode content) {
        ArrayNode system = blocks(body.path("system"));
        system.addAll(blocks(content));
        if (!system.isEmpty()) {
            body.set("system", system);
        }
    }

    /** The text goes into the user's turn before it, or else into the next one. */
    private static void say(JsonNode content, ArrayNode kept, ArrayNode waiting) {
        ArrayNode said = blocks(content);
        if (said.path(0) instanceof ObjectNode first) {
            said.set(
                    0,
                    first.deepCopy()
                            .put(
                                    "text",
                                    SystemMessages.MARK + first.path("text").asText("")));
        }
        JsonNode last = kept.path(kept.size() - 1);
        if (last.path("role").asText("").equals("user")) {
            ObjectNode turn = last.deepCopy();
            turn.set("content", blocks(last.path("content")).addAll(said));
            kept.set(kept.size() - 1, turn);
        } else {
            waiting.addAll(said);
        }
    }

    private static void add(JsonNode message, ArrayNode kept, ArrayNode waiting) {
        if (waiting.isEmpty()) {
            kept.add(message);
            return;
        }
        if (!message.path("role").asText("").equals("user")) {
            flush(kept, waiting);
            kept.add(message);
            return;
        }
        ArrayNode content = Json.array();
        ArrayNode own = blocks(message.path("content"));
        // Answers to calls have to come first.
        own.forEach(block -> addIf(isResult(block), block, content));
        content.addAll(waiting);
        own.forEach(block -> addIf(!isResult(block), block, content));
        waiting.removeAll();
        ObjectNode turn = Json.object();
        turn.setAll((ObjectNode) message);
        turn.set("content", content);
        kept.add(turn);
    }

    private static boolean isResult(JsonNode block) {
        return block.path("type").asText("").equals("tool_result");
    }

    private static void addIf(boolean wanted, JsonNode block, ArrayNode content) {
        if (wanted) {
            content.add(block);
        }
    }

    private static void flush(ArrayNode kept, ArrayNode waiting) {
        if (!waiting.isEmpty()) {
            kept.addObject().put("role", "user").set("content", Json.array().addAll(waiting));
            waiting.removeAll();
        }
    }

    /** Content as a list of blocks, of the caller's own; blank texts are left out. */
    private static ArrayNode blocks(JsonNode content) {
        ArrayNode blocks = Json.array();
        if (content.isTextual() && !content.textValue().isBlank()) {
            blocks.addObject().put("type", "text").put("text", content.textValue());
        }
        for (JsonNode block : content) {
            boolean blank = block.path("type").asText("").equals("text")
                    && block.path("text").asText("").isBlank();
            if (!blank) {
                blocks.add(block);
            }
        }
        return blocks;
    }
}
