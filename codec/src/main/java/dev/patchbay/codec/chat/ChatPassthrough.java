package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.SchemaCleaner;
import dev.patchbay.codec.SchemaRewriter;
import dev.patchbay.codec.SystemMessages;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.json.Json;
import java.util.List;

/**
 * A chat request for a chat upstream that passes through, but for what the upstream is known to refuse: system messages in the
 * middle (dialects.md, Q2 and Q3), calls without the thinking or the proof that clients drop (Q9, G1), and forms of schemas and
 * members that its file names.
 */
public final class ChatPassthrough {

    private ChatPassthrough() {}

    /** Whether calls in a history may have to be changed for an upstream. */
    public static boolean changesCalls(Quirks quirks) {
        return replaysThinking(quirks) || quirks.assistantAfterTool();
    }

    /** Whether schemas of tools may have to be changed for an upstream. */
    public static boolean changesSchemas(Quirks quirks) {
        return !quirks.schema().equals("plain") || !quirks.schemaStrip().isEmpty();
    }

    private static boolean replaysThinking(Quirks quirks) {
        return !quirks.reasoningReplay().equals("never") || quirks.extra().contains(AssistantMessage.EXTRA_CONTENT);
    }

    /** Prepares a request, in place; what of it goes no further is noted. */
    public static void prepare(ObjectNode body, Quirks quirks, DroppedMembers dropped) {
        if (!body.path("messages").isArray()) {
            return;
        }
        removeEmptyLists(body, dropped);
        if (!quirks.midSystem().equals("keep")) {
            placeSystem(body, quirks.midSystem());
        }
        if (!quirks.streamUsage()) {
            body.remove("stream_options");
        }
        if (changesSchemas(quirks)) {
            SchemaCleaner cleaner = new SchemaCleaner(quirks.schemaStrip());
            for (JsonNode tool : body.path("tools")) {
                if (tool.path("function") instanceof ObjectNode function
                        && function.path("parameters") instanceof ObjectNode schema) {
                    function.set("parameters", SchemaRewriter.forHost(cleaner.clean(schema), quirks.schema()));
                }
            }
        }
        if (quirks.assistantAfterTool()) {
            ArrayNode bridged = Json.array();
            for (JsonNode message : body.path("messages")) {
                if (message.path("role").asText("").equals("user")) {
                    ChatMessages.bridge(bridged, quirks);
                }
                bridged.add(message);
            }
            body.set("messages", bridged);
        }
        if (replaysThinking(quirks)) {
            AssistantMessage assistant = new AssistantMessage(quirks, ToolNames.of(List.of(), quirks.toolNameMax()));
            for (JsonNode message : body.path("messages")) {
                if (message instanceof ObjectNode object
                        && message.path("role").asText("").equals("assistant")) {
                    assistant.complete(object);
                }
            }
        }
    }

    /** They say nothing, and OpenAI, Azure, DeepSeek and newer servers of vLLM refuse them (K4). */
    private static void removeEmptyLists(ObjectNode body, DroppedMembers dropped) {
        if (isEmptyList(body.path("tools"))) {
            for (String member : List.of("tools", "tool_choice", "parallel_tool_calls")) {
                if (body.remove(member) != null && !DroppedMembers.isHarmless(member)) {
                    dropped.add(member);
                }
            }
        }
        for (JsonNode message : body.path("messages")) {
            if (message instanceof ObjectNode object && isEmptyList(message.path("tool_calls"))) {
                object.remove("tool_calls");
                dropped.add("messages.tool_calls");
            }
        }
    }

    private static boolean isEmptyList(JsonNode node) {
        return node.isArray() && node.isEmpty();
    }

    private static void placeSystem(ObjectNode body, String midSystem) {
        ArrayNode kept = Json.array();
        ObjectNode leading = null;
        boolean begun = false;
        for (JsonNode message : body.path("messages")) {
            boolean system = isSystem(message);
            begun |= !system;
            if (!system) {
                kept.add(message);
            } else if (leading == null && !begun) {
                leading = message.deepCopy();
                kept.add(leading);
            } else if (leading != null && (!begun || midSystem.equals("merge"))) {
                append(leading, message.path("content"));
            } else if (midSystem.equals("merge")) {
                leading = message.deepCopy();
                kept.insert(0, leading);
            } else {
                say(said(message), kept);
            }
        }
        body.set("messages", kept);
    }

    /** The text joins the user's turn before it: templates that mind the order of roles take no two of one. */
    private static void say(ObjectNode said, ArrayNode kept) {
        int last = kept.size() - 1;
        if (kept.path(last).path("role").asText("").equals("user")) {
            ObjectNode turn = kept.path(last).deepCopy();
            append(turn, said.path("content"));
            kept.set(last, turn);
        } else {
            kept.add(said);
        }
    }

    private static boolean isSystem(JsonNode message) {
        String role = message.path("role").asText("");
        return role.equals("system") || role.equals("developer");
    }

    private static ObjectNode said(JsonNode message) {
        ObjectNode user = Json.object().put("role", "user");
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            return user.put("content", SystemMessages.MARK + content.textValue());
        }
        ArrayNode parts = user.putArray("content");
        content.forEach(part -> parts.add(part.deepCopy()));
        if (parts.path(0) instanceof ObjectNode first && first.path("text").isTextual()) {
            first.put("text", SystemMessages.MARK + first.path("text").textValue());
        }
        return user;
    }

    private static void append(ObjectNode leading, JsonNode content) {
        JsonNode before = leading.path("content");
        if (before.isTextual() && content.isTextual()) {
            leading.put("content", before.textValue() + "\n\n" + content.textValue());
            return;
        }
        ArrayNode parts = Json.array();
        addParts(before, parts);
        addParts(content, parts);
        leading.set("content", parts);
    }

    private static void addParts(JsonNode content, ArrayNode parts) {
        if (content.isTextual()) {
            parts.addObject().put("type", "text").put("text", content.textValue());
        }
        content.forEach(parts::add);
    }
}
