package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AssistantTurns;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ToolIds;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a conversation as the items of a Responses request (dialects.md, 1.11). Every call gets its output, every output has
 * its call, and reasoning stands only where the item follows that it led to: the endpoint answers 400 to anything else. Used
 * once.
 */
final class ResponsesInputWriter {

    private static final String NO_RESULT = "Error: no result was recorded for this tool call.";

    private final Quirks quirks;
    private final ToolNames names;
    private final ResponsesPartWriter parts;
    private final ArrayNode items = Json.array();
    private final Set<String> openCalls = new LinkedHashSet<>();
    private final Set<String> reasoningIds = new HashSet<>();
    private final List<ObjectNode> heldBack = new ArrayList<>();
    private final List<ObjectNode> reasoning = new ArrayList<>();

    ResponsesInputWriter(Quirks quirks, ToolNames names) {
        this.quirks = quirks;
        this.names = names;
        this.parts = new ResponsesPartWriter(quirks);
    }

    ArrayNode write(List<ChatMessage> conversation) {
        List<ChatMessage> messages = AssistantTurns.joined(conversation);
        int next = 0;
        while (next < messages.size()) {
            ChatMessage message = messages.get(next);
            switch (message.role()) {
                case SYSTEM -> system(message.content());
                case ASSISTANT -> assistant(message.content());
                case USER -> {
                    int last = lastAnswer(messages, next);
                    userTurn(messages.subList(next, last + 1));
                    next = last;
                }
            }
            next++;
        }
        settleCalls();
        return items;
    }

    /** The texts among blocks that are not blank, as one. */
    static String texts(List<ContentBlock> blocks) {
        List<String> texts = new ArrayList<>();
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.Text text && !text.text().isBlank()) {
                texts.add(text.text());
            }
        }
        return String.join("\n\n", texts);
    }

    private void system(List<ContentBlock> blocks) {
        String text = texts(blocks);
        if (text.isEmpty()) {
            return;
        }
        ObjectNode message = message(quirks.systemRole());
        message.withArray("content").add(ResponsesPartWriter.textPart(text));
        if (openCalls.isEmpty()) {
            items.add(message);
        } else {
            heldBack.add(message);
        }
    }

    private void assistant(List<ContentBlock> blocks) {
        settleCalls();
        StringBuilder said = new StringBuilder();
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.Text text) {
                said.append(text.text());
                continue;
            }
            said(said);
            if (block instanceof ContentBlock.ToolUse call) {
                openCalls.add(call.id());
                led(call(call));
            } else if (block instanceof ContentBlock.Thinking thinking) {
                EncryptedReasoning.item(thinking)
                        .filter(item -> reasoningIds.add(item.path("id").asText("")))
                        .ifPresent(reasoning::add);
            }
        }
        said(said);
        reasoning.clear();
    }

    private void said(StringBuilder text) {
        if (!text.toString().isBlank()) {
            ObjectNode message = message("assistant");
            message.withArray("content").addObject().put("type", "output_text").put("text", text.toString());
            led(message);
        }
        text.setLength(0);
    }

    /** Adds an item behind the reasoning that led to it. */
    private void led(ObjectNode item) {
        reasoning.forEach(items::add);
        reasoning.clear();
        items.add(item);
    }

    private ObjectNode call(ContentBlock.ToolUse call) {
        return Json.object()
                .put("type", "function_call")
                .put("call_id", ToolIds.forChat(call.id(), quirks))
                .put("name", names.sent(call.name()))
                .put("arguments", Json.text(JsonValues.toObject(call.input())));
    }

    /** The last message, of those before the next assistant message, that answers an open call; else the first. */
    private int lastAnswer(List<ChatMessage> messages, int first) {
        int last = first;
        for (int i = first; i < messages.size() && messages.get(i).role() != Role.ASSISTANT; i++) {
            if (messages.get(i).content().stream().anyMatch(this::isAnswer)) {
                last = i;
            }
        }
        return last;
    }

    private boolean isAnswer(ContentBlock block) {
        return block instanceof ContentBlock.ToolResult result && openCalls.contains(result.toolUseId());
    }

    /** Messages that together answer calls: the outputs first, then one user message with everything else (T1). */
    private void userTurn(List<ChatMessage> turn) {
        ObjectNode message = message("user");
        ArrayNode content = message.withArray("content");
        List<ContentBlock> rest = new ArrayList<>();
        for (ChatMessage said : turn) {
            if (said.role() == Role.SYSTEM) {
                system(said.content());
                continue;
            }
            for (ContentBlock block : said.content()) {
                if (block instanceof ContentBlock.ToolResult result && openCalls.remove(result.toolUseId())) {
                    output(result, content);
                } else {
                    rest.add(block);
                }
            }
        }
        settleCalls();
        rest.forEach(block -> user(block, content));
        if (!content.isEmpty()) {
            items.add(message);
        }
    }

    private void output(ContentBlock.ToolResult result, ArrayNode user) {
        String id = ToolIds.forChat(result.toolUseId(), quirks);
        ResponsesOutputWriter output = new ResponsesOutputWriter(result, quirks, parts, "see the next user message");
        ObjectNode item = items.addObject().put("type", "function_call_output").put("call_id", id);
        item.set("output", output.output());
        if (!output.lifted().isEmpty()) {
            user.add(ResponsesPartWriter.textPart("[content of tool result " + id + "]"));
            output.lifted().forEach(user::add);
        }
    }

    private void user(ContentBlock block, ArrayNode content) {
        if (block instanceof ContentBlock.ToolResult orphan) {
            ResponsesOutputWriter output = new ResponsesOutputWriter(orphan, quirks, parts, "see below");
            String text = "[tool result for unknown call " + orphan.toolUseId() + "]\n" + output.text();
            content.add(ResponsesPartWriter.textPart(text));
            output.media().forEach(content::add);
            return;
        }
        parts.media(block).ifPresentOrElse(content::add, () -> {
            String text = ResponsesPartWriter.text(block);
            if (!text.isBlank()) {
                content.add(ResponsesPartWriter.textPart(text));
            }
        });
    }

    /** Gives every call that is still open an output (T6), and then what had to wait for it. */
    private void settleCalls() {
        for (String id : openCalls) {
            items.addObject()
                    .put("type", "function_call_output")
                    .put("call_id", ToolIds.forChat(id, quirks))
                    .put("output", NO_RESULT);
        }
        openCalls.clear();
        heldBack.forEach(items::add);
        heldBack.clear();
    }

    private static ObjectNode message(String role) {
        return Json.object().put("type", "message").put("role", role);
    }
}
