package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.Numbers;
import dev.patchbay.codec.ResponseFormat;
import dev.patchbay.codec.ThinkingJson;
import dev.patchbay.json.JsonValues;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a client's request in Anthropic Messages. */
public final class MessagesRequestReader {

    private static final Set<String> MODELLED = Set.of(
            "model",
            "system",
            "messages",
            "tools",
            "tool_choice",
            "max_tokens",
            "stop_sequences",
            "temperature",
            "top_p",
            "top_k",
            "thinking",
            "output_config",
            "output_format",
            "metadata",
            "stream",
            ResponseFormat.MEMBER);

    private MessagesRequestReader() {}

    /**
     * The request in the internal form.
     *
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST if it cannot be understood
     */
    public static ChatRequest read(ObjectNode body) {
        ChatRequest.Builder request = ChatRequest.builder(body.path("model").asText(""));
        system(body.path("system")).forEach(request::system);
        messages(body.path("messages")).forEach(request::message);
        tools(body.path("tools")).forEach(request::tool);
        toolChoice(body.path("tool_choice")).ifPresent(request::toolChoice);
        params(body, request);
        BlockReader.more(body, MODELLED).forEach(request::more);
        return request.build();
    }

    /** The attribution that Claude Code puts first changes with every request and defeats prefix caches (Q2). */
    private static List<ContentBlock> system(JsonNode system) {
        if (system.isTextual()) {
            return List.of(new ContentBlock.Text(Attribution.removeFrom(system.textValue())));
        }
        List<ContentBlock> blocks = new ArrayList<>(BlockReader.content(system));
        blocks.removeIf(block -> block instanceof ContentBlock.Text text && Attribution.begins(text.text()));
        return blocks;
    }

    private static List<ChatMessage> messages(JsonNode messages) {
        if (!messages.isArray()) {
            throw Bodies.invalid("messages: must be a list");
        }
        List<ChatMessage> read = new ArrayList<>();
        for (JsonNode message : messages) {
            read.add(new ChatMessage(role(message, read.size()), BlockReader.content(message.path("content"))));
        }
        return read;
    }

    private static ChatMessage.Role role(JsonNode message, int index) {
        return switch (message.path("role").asText("")) {
            case "user" -> ChatMessage.Role.USER;
            case "assistant" -> ChatMessage.Role.ASSISTANT;
            case "system" -> ChatMessage.Role.SYSTEM;
            default -> throw Bodies.invalid("messages." + index + ".role: must be user, assistant or system");
        };
    }

    private static List<Tool> tools(JsonNode tools) {
        List<Tool> read = new ArrayList<>();
        for (JsonNode tool : tools) {
            if (tool instanceof ObjectNode object) {
                read.add(tool(object));
            }
        }
        return read;
    }

    private static Tool tool(ObjectNode tool) {
        Optional<String> type =
                Optional.of(tool.path("type").asText("")).filter(text -> !text.isEmpty() && !text.equals("custom"));
        return new Tool(
                tool.path("name").asText(""),
                type,
                Optional.ofNullable(tool.path("description").textValue()),
                tool.path("input_schema") instanceof ObjectNode schema ? JsonValues.toMap(schema) : null,
                BlockReader.more(tool, Set.of("name", "type", "description", "input_schema")));
    }

    private static Optional<ToolChoice> toolChoice(JsonNode choice) {
        boolean alone = choice.path("disable_parallel_tool_use").asBoolean(false);
        Optional<String> name = Optional.ofNullable(choice.path("name").textValue());
        return switch (choice.path("type").asText("")) {
            case "auto" -> Optional.of(new ToolChoice(ToolChoice.Mode.AUTO, Optional.empty(), alone));
            case "any" -> Optional.of(new ToolChoice(ToolChoice.Mode.ANY, Optional.empty(), alone));
            case "tool" -> Optional.of(new ToolChoice(ToolChoice.Mode.TOOL, name, alone));
            case "none" -> Optional.of(new ToolChoice(ToolChoice.Mode.NONE, Optional.empty(), false));
            default -> Optional.empty();
        };
    }

    private static void params(ObjectNode body, ChatRequest.Builder request) {
        Numbers.toInt(body.path("max_tokens")).ifPresent(request::maxTokens);
        Numbers.toDouble(body.path("temperature")).ifPresent(request::temperature);
        Numbers.toDouble(body.path("top_p")).ifPresent(request::topP);
        Numbers.toInt(body.path("top_k")).ifPresent(request::topK);
        body.path("stop_sequences").forEach(text -> request.stopSequence(text.asText("")));
        request.stream(body.path("stream").asBoolean(false));
        ThinkingJson.read(body.path("thinking")).ifPresent(request::thinking);
        JsonNode output = body.path("output_config");
        Optional.ofNullable(output.path("effort").textValue()).ifPresent(request::effort);
        JsonNode format = output.has("format") ? output.path("format") : body.path("output_format");
        if (format.path("schema") instanceof ObjectNode schema) {
            request.outputSchema(JsonValues.toMap(schema));
        }
        Optional.ofNullable(body.path("metadata").path("user_id").textValue()).ifPresent(request::userId);
    }
}
