package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.ConversationWriter;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ToolIds;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a conversation as the items of a Responses request (dialects.md, 1.11). Every call gets its output, every output has
 * its call, and reasoning stands only where the item follows that it led to: the endpoint answers 400 to anything else. Used
 * once.
 */
final class ResponsesInputWriter extends ConversationWriter<ArrayNode> {

    private final Quirks quirks;
    private final ToolNames names;
    private final ResponsesPartWriter parts;
    private final Set<String> reasoningIds = new HashSet<>();
    private final List<ObjectNode> reasoning = new ArrayList<>();

    ResponsesInputWriter(Quirks quirks, ToolNames names) {
        this.quirks = quirks;
        this.names = names;
        this.parts = new ResponsesPartWriter(quirks);
    }

    ArrayNode write(List<ChatMessage> conversation) {
        return messages(conversation);
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

    @Override
    protected Optional<ObjectNode> system(List<ContentBlock> blocks) {
        String text = texts(blocks);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode message = message(quirks.systemRole());
        message.withArray("content").add(ResponsesPartWriter.textPart(text));
        return Optional.of(message);
    }

    @Override
    protected void assistant(List<ContentBlock> blocks) {
        StringBuilder said = new StringBuilder();
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.Text text) {
                said.append(text.text());
                continue;
            }
            said(said);
            if (block instanceof ContentBlock.ToolUse call) {
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
            // Servers that check against OpenAI's own types refuse a message of an answer without any of these.
            ObjectNode message = message("assistant")
                    .put("id", "msg_" + (written().size() + reasoning.size()))
                    .put("status", "completed");
            ObjectNode part = message.withArray("content").addObject().put("type", "output_text");
            part.put("text", text.toString()).putArray("annotations");
            led(message);
        }
        text.setLength(0);
    }

    /** Adds an item behind the reasoning that led to it. */
    private void led(ObjectNode item) {
        reasoning.forEach(written()::add);
        reasoning.clear();
        written().add(item);
    }

    private ObjectNode call(ContentBlock.ToolUse call) {
        return Json.object()
                .put("type", "function_call")
                .put("call_id", ToolIds.forChat(call.id(), quirks))
                .put("name", names.sent(call.name()))
                .put("arguments", Json.text(JsonValues.toObject(call.input())));
    }

    @Override
    protected ArrayNode newContent() {
        return Json.array();
    }

    @Override
    protected void end(ArrayNode content) {
        if (!content.isEmpty()) {
            ObjectNode message = message("user");
            message.set("content", content);
            written().add(message);
        }
    }

    @Override
    protected void answer(ContentBlock.ToolResult result, ArrayNode user) {
        String id = ToolIds.forChat(result.toolUseId(), quirks);
        ResponsesOutputWriter output = new ResponsesOutputWriter(result, quirks, parts, "see the next user message");
        ObjectNode item =
                written().addObject().put("type", "function_call_output").put("call_id", id);
        item.set("output", output.output());
        if (!output.lifted().isEmpty()) {
            user.add(ResponsesPartWriter.textPart("[content of tool result " + id + "]"));
            output.lifted().forEach(user::add);
        }
    }

    @Override
    protected void user(ContentBlock block, ArrayNode content) {
        if (block instanceof ContentBlock.ToolResult orphan) {
            ResponsesOutputWriter output = new ResponsesOutputWriter(orphan, quirks, parts, "see below");
            String text = "[tool result for unknown call " + orphan.toolUseId() + "]\n" + output.text();
            content.add(ResponsesPartWriter.textPart(text));
            output.media().forEach(content::add);
            return;
        }
        Optional<ObjectNode> part = parts.media(block);
        if (part.isPresent()) {
            ResponsesPartWriter.title(block).ifPresent(content::add);
            content.add(part.get());
            return;
        }
        String text = ResponsesPartWriter.text(block);
        if (!text.isBlank()) {
            content.add(ResponsesPartWriter.textPart(text));
        }
    }

    @Override
    protected void noAnswer(String callId) {
        written()
                .addObject()
                .put("type", "function_call_output")
                .put("call_id", ToolIds.forChat(callId, quirks))
                .put("output", NO_RESULT);
    }

    private static ObjectNode message(String role) {
        return Json.object().put("type", "message").put("role", role);
    }
}
