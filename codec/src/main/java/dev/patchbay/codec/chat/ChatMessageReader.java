package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.FreeFormInput;
import dev.patchbay.codec.JsonNumbers;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the messages of a chat request (dialects.md, VQ1 to VQ3). Used once. */
final class ChatMessageReader {

    private final ChatParts parts;
    private final List<ContentBlock> instructions = new ArrayList<>();
    private final List<ChatMessage> messages = new ArrayList<>();

    /** The id of the last call of a function, for results that only have its name. */
    private final Map<String, String> legacyCalls = new HashMap<>();

    /** The names of the calls of the last turn that have no result yet, by their ids. */
    private final Map<String, String> openCalls = new LinkedHashMap<>();

    private final DroppedMembers dropped;
    private int position;
    private int index;

    ChatMessageReader(DroppedMembers dropped) {
        this.dropped = dropped;
        this.parts = new ChatParts(dropped);
    }

    /** What stands before the conversation. */
    List<ContentBlock> instructions() {
        return instructions;
    }

    List<ChatMessage> messages() {
        return messages;
    }

    void read(JsonNode message) {
        index = position++;
        parts.at(index);
        String role = message.path("role").asText("");
        boolean names = !role.equals("tool") && !role.equals("function");
        if (names && !message.path("name").asText("").isEmpty()) {
            dropped.add("messages.name");
        }
        switch (role) {
            case "system", "developer" -> system(parts.read(message));
            case "user" -> add(Role.USER, parts.read(message));
            case "assistant" -> add(Role.ASSISTANT, assistant(message));
            case "tool" -> add(Role.USER, List.of(result(message, answered(message))));
            case "function" -> add(Role.USER, List.of(legacyResult(message)));
            default ->
                throw Bodies.invalid("messages." + index + ".role: must be system, developer, user, assistant or tool");
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
    private List<ContentBlock> assistant(JsonNode message) {
        if (messages.isEmpty() || messages.get(messages.size() - 1).role() != Role.ASSISTANT) {
            openCalls.clear();
        }
        if (message.hasNonNull("audio")) {
            dropped.add("messages.audio");
        }
        List<ContentBlock> blocks = new ArrayList<>(parts.proved(message.path("thinking_blocks")));
        blocks.addAll(parts.read(message));
        String refusal = message.path("refusal").asText("");
        if (!refusal.isBlank()) {
            blocks.add(ContentBlock.text(refusal));
        }
        for (JsonNode call : message.path("tool_calls")) {
            call(call, blocks);
        }
        JsonNode legacy = message.path("function_call");
        String name = legacy.path("name").asText("");
        if (!name.isEmpty()) {
            String id = "call_" + name + "_" + messages.size();
            legacyCalls.put(name, id);
            ObjectNode input = ToolInput.of(legacy.path("arguments"));
            JsonNumbers.requireFinite("messages." + index + ".function_call.arguments", input);
            blocks.add(ContentBlock.toolUse(id, name, JsonValues.toMap(input)));
        }
        return blocks;
    }

    /** A call of a function, or of a tool whose input is free text. */
    private void call(JsonNode call, List<ContentBlock> blocks) {
        JsonNode custom = call.path("custom");
        String name =
                custom.path("name").asText(call.path("function").path("name").asText(""));
        if (name.isEmpty()) {
            dropped.add("messages.tool_calls");
            return;
        }
        ObjectNode input = custom.isObject()
                ? Json.object().put(FreeFormInput.MEMBER, custom.path("input").asText(""))
                : ToolInput.of(call.path("function").path("arguments"));
        JsonNumbers.requireFinite("messages." + index + ".tool_calls." + name + ".arguments", input);
        openCalls.put(call.path("id").asText(""), name);
        blocks.add(ContentBlock.toolUse(
                call.path("id").asText(""), name, JsonValues.toMap(input), ChatResponseReader.more(call)));
    }

    /** The call that a result answers; where it does not say, the first of its name, else the first. */
    private String answered(JsonNode message) {
        String said = message.path("tool_call_id").asText("");
        String name = message.path("name").asText(message.path("tool_name").asText(""));
        String id = said;
        if (said.isEmpty() && !openCalls.isEmpty()) {
            id = openCalls.keySet().stream()
                    .filter(open -> name.equals(openCalls.get(open)))
                    .findFirst()
                    .orElse(openCalls.keySet().iterator().next());
        }
        openCalls.remove(id);
        return id;
    }

    private ContentBlock result(JsonNode message, String id) {
        JsonNode content = message.path("content");
        if (!content.isArray()) {
            // Whatever else a client puts there is JSON, and its own text.
            boolean empty = content.isNull() || content.isMissingNode();
            String text = content.isTextual() ? content.textValue() : empty ? "" : Json.text(content);
            return ContentBlock.toolResult(id, List.of(ContentBlock.text(text)), false, ChatParts.marks(message));
        }
        return ContentBlock.toolResult(id, parts.read(message), false, ChatParts.marks(message));
    }

    private ContentBlock legacyResult(JsonNode message) {
        String name = message.path("name").asText("");
        return result(message, legacyCalls.getOrDefault(name, "call_" + name));
    }
}
