package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.json.JsonValues;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the messages of a chat request (dialects.md, VQ2 and VQ3). Used once. */
final class ChatMessageReader {

    private final List<ContentBlock> instructions = new ArrayList<>();
    private final List<ChatMessage> messages = new ArrayList<>();

    /** What stands before the conversation. */
    List<ContentBlock> instructions() {
        return instructions;
    }

    List<ChatMessage> messages() {
        return messages;
    }

    void read(JsonNode message) {
        switch (message.path("role").asText("")) {
            case "system", "developer" -> system(ChatParts.read(message.path("content")));
            case "user", "function" -> add(Role.USER, ChatParts.read(message.path("content")));
            case "assistant" -> add(Role.ASSISTANT, assistant(message));
            case "tool" -> add(Role.USER, List.of(result(message)));
            default -> throw Bodies.invalid("messages.role: must be system, developer, user, assistant or tool");
        }
    }

    private void system(List<ContentBlock> content) {
        if (messages.isEmpty()) {
            instructions.addAll(content);
        } else {
            add(Role.SYSTEM, content);
        }
    }

    private void add(Role role, List<ContentBlock> content) {
        messages.add(new ChatMessage(role, content));
    }

    /** Texts and calls; thinking has no signature here and cannot be kept. */
    private static List<ContentBlock> assistant(JsonNode message) {
        List<ContentBlock> blocks = new ArrayList<>(ChatParts.read(message.path("content")));
        String refusal = message.path("refusal").asText("");
        if (!refusal.isBlank()) {
            blocks.add(new ContentBlock.Text(refusal));
        }
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            String name = function.path("name").asText("");
            if (!name.isEmpty()) {
                blocks.add(new ContentBlock.ToolUse(
                        call.path("id").asText(""), name, JsonValues.toMap(ToolInput.of(function.path("arguments")))));
            }
        }
        return blocks;
    }

    private static ContentBlock result(JsonNode message) {
        String id = message.path("tool_call_id").asText("");
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            return new ContentBlock.ToolResult(id, content.textValue());
        }
        return new ContentBlock.ToolResult(id, ChatParts.read(content), false, Map.of());
    }
}
