package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets the marks that make Anthropic cache a prompt, for agents that speak OpenAI's dialects and expect caching without asking
 * (dialects.md, VQ7): only in the loop of an agent, since writing to the cache costs more than a single question saves.
 */
final class CacheMarks {

    private static final String MEMBER = "cache_control";
    private static final int TURNS = 2;

    /** Anthropic refuses a request with more of them. */
    private static final int MOST = 4;

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

    /**
     * Takes away the marks of a client beyond the four that Anthropic allows: the last of the instructions stays, which covers those
     * before it, and the last ones of the conversation.
     */
    static void limit(ObjectNode body) {
        List<ObjectNode> prefix = new ArrayList<>();
        collect(body.path("tools"), prefix);
        collect(body.path("system"), prefix);
        List<ObjectNode> marked = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            collect(message.path("content"), marked);
        }
        int most = body.has(MEMBER) ? MOST - 1 : MOST;
        while (prefix.size() > 1 && prefix.size() + marked.size() > most) {
            prefix.remove(0).remove(MEMBER);
        }
        while (prefix.size() + marked.size() > most) {
            marked.remove(0).remove(MEMBER);
        }
    }

    /** Adds the blocks with a mark, those inside others too. Not {@code findParents}: a tool's input may have such a member. */
    private static void collect(JsonNode blocks, List<ObjectNode> marked) {
        for (JsonNode block : blocks) {
            collect(block.path("content"), marked);
            if (block.has(MEMBER)) {
                marked.add((ObjectNode) block);
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
        List<ObjectNode> marked = new ArrayList<>();
        collect(body.path("tools"), marked);
        collect(body.path("system"), marked);
        body.path("messages").forEach(message -> collect(message.path("content"), marked));
        return body.has(MEMBER) || !marked.isEmpty();
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
