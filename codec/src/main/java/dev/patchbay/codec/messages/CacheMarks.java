package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;

/**
 * Sets the marks that make Anthropic cache a prompt, for agents that speak OpenAI's dialects and expect caching without asking
 * (dialects.md, VQ7): only in the loop of an agent, since writing to the cache costs more than a single question saves.
 */
final class CacheMarks {

    private static final String MEMBER = "cache_control";
    private static final int TURNS = 2;

    private CacheMarks() {}

    /**
     * Sets the marks, unless the request has some of its own or is no agent's.
     *
     * @param body the request as it is written so far; has {@code messages}
     */
    static void set(ObjectNode body, ChatRequest request) {
        if (!isLoop(request) || isMarked(body)) {
            return;
        }
        markPrefix(body);
        JsonNode messages = body.path("messages");
        int marked = 0;
        for (int i = messages.size() - 1; i >= 0 && marked < TURNS; i--) {
            if (messages.path(i).path("role").asText("").equals("user")
                    && messages.path(i) instanceof ObjectNode turn) {
                marked += mark(turn, "content") ? 1 : 0;
            }
        }
    }

    private static boolean isLoop(ChatRequest request) {
        return !request.tools().isEmpty()
                && request.messages().stream()
                        .filter(message -> message.role() == Role.ASSISTANT)
                        .flatMap(message -> message.content().stream())
                        .anyMatch(ContentBlock.ToolUse.class::isInstance);
    }

    private static boolean isMarked(ObjectNode body) {
        return body.has(MEMBER)
                || body.path("tools").findValue(MEMBER) != null
                || body.path("system").findValue(MEMBER) != null
                || hasMark(body.path("messages"));
    }

    /** Not {@code findValue}: a tool's input may have a member of that name. */
    private static boolean hasMark(JsonNode messages) {
        for (JsonNode message : messages) {
            for (JsonNode block : message.path("content")) {
                if (block.has(MEMBER)) {
                    return true;
                }
                for (JsonNode inner : block.path("content")) {
                    if (inner.has(MEMBER)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The system text stands behind the tools: a mark on its end covers both. */
    private static void markPrefix(ObjectNode body) {
        if (!mark(body, "system") && body.path("tools") instanceof ArrayNode tools && !tools.isEmpty()) {
            ((ObjectNode) tools.get(tools.size() - 1)).putObject(MEMBER).put("type", "ephemeral");
        }
    }

    private static boolean mark(ObjectNode parent, String member) {
        JsonNode content = parent.path(member);
        if (content.isTextual()) {
            ArrayNode blocks = Json.array();
            blocks.addObject().put("type", "text").put("text", content.textValue());
            parent.set(member, blocks);
        }
        if (parent.path(member) instanceof ArrayNode blocks
                && !blocks.isEmpty()
                && blocks.get(blocks.size() - 1) instanceof ObjectNode last) {
            last.putObject(MEMBER).put("type", "ephemeral");
            return true;
        }
        return false;
    }
}
