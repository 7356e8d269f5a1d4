package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.Efforts;
import dev.patchbay.codec.Numbers;
import dev.patchbay.codec.ResponseFormat;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.json.Json;
import dev.patchbay.json.JsonValues;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Thinking;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a client's request in OpenAI Responses (dialects.md, P1 to P3). What has no counterpart is left out. */
public final class ResponsesRequestReader {

    private ResponsesRequestReader() {}

    /**
     * The request in the internal form.
     *
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST if it cannot be understood, or refers to an
     *     earlier answer: none is kept
     */
    public static ResponsesRequest read(ObjectNode body) {
        refuse(body, "previous_response_id");
        refuse(body, "conversation");
        ChatRequest.Builder request = ChatRequest.builder(body.path("model").asText(""));
        String instructions = body.path("instructions").asText("");
        if (!instructions.isBlank()) {
            request.system(instructions);
        }
        JsonNode input = body.path("input");
        if (input.isTextual()) {
            request.message(ChatMessage.user(input.textValue()));
        } else if (input.isArray()) {
            request.messages(conversation(input));
        } else {
            throw Bodies.invalid("input: must be a text or a list");
        }
        ResponsesTools tools = new ResponsesToolReader().read(body, request);
        params(body, request);
        return new ResponsesRequest(request.build(), tools);
    }

    private static void refuse(ObjectNode body, String member) {
        if (body.hasNonNull(member)) {
            throw Bodies.invalid(member + ": answers are not kept here; send the whole conversation as input");
        }
    }

    private static List<ChatMessage> conversation(JsonNode input) {
        Set<String> answered = new HashSet<>();
        for (JsonNode item : input) {
            if (item.path("type").asText("").endsWith("_call_output")) {
                answered.add(item.path("call_id").asText(""));
            }
        }
        Conversation conversation = new Conversation(answered);
        input.forEach(item -> item(item, conversation));
        return conversation.turns();
    }

    private static void item(JsonNode item, Conversation conversation) {
        switch (item.path("type").asText("message")) {
            case "message" -> message(item, conversation);
            case "function_call" ->
                conversation.call(call(item, JsonValues.toMap(ToolInput.of(item.path("arguments")))));
            case "custom_tool_call" ->
                conversation.call(call(
                        item,
                        Map.of(
                                ResponsesTools.FREE_FORM_ARGUMENT,
                                item.path("input").asText(""))));
            case "function_call_output", "custom_tool_call_output" ->
                conversation.result(new ContentBlock.ToolResult(
                        item.path("call_id").asText(""),
                        ResponsesContent.output(item.path("output")),
                        false,
                        Map.of()));
            case "reasoning" -> conversation.thinking(ResponsesContent.reasoning(item));
            default -> {}
        }
    }

    private static void message(JsonNode item, Conversation conversation) {
        List<ContentBlock> content = ResponsesContent.read(item.path("content"));
        switch (item.path("role").asText("user")) {
            case "assistant" -> conversation.assistant(content);
            case "system", "developer" -> conversation.other(Role.SYSTEM, content);
            default -> conversation.other(Role.USER, content);
        }
    }

    private static ContentBlock.ToolUse call(JsonNode item, Map<String, @Nullable Object> input) {
        String name = ResponsesTools.fullName(
                item.path("namespace").asText(""), item.path("name").asText(""));
        return new ContentBlock.ToolUse(item.path("call_id").asText(""), name, input);
    }

    private static void params(ObjectNode body, ChatRequest.Builder request) {
        Numbers.toInt(body.path("max_output_tokens")).ifPresent(request::maxTokens);
        Numbers.toDouble(body.path("temperature")).ifPresent(request::temperature);
        Numbers.toDouble(body.path("top_p")).ifPresent(request::topP);
        request.stream(body.path("stream").asBoolean(false));
        text(body, "user").or(() -> text(body, "safety_identifier")).ifPresent(request::userId);
        text(body.path("reasoning"), "effort").ifPresent(level -> effort(level, request));
        format(body.path("text").path("format"), request);
    }

    private static void effort(String level, ChatRequest.Builder request) {
        if (level.equals(Efforts.NONE)) {
            request.thinking(new Thinking(Thinking.Mode.DISABLED, OptionalInt.empty()));
        } else {
            request.effort(level);
        }
    }

    /** Responses has flat what chat has nested. */
    private static void format(JsonNode format, ChatRequest.Builder request) {
        if (format instanceof ObjectNode flat && flat.path("type").asText("").equals("json_schema")) {
            ObjectNode nested = Json.object().put("type", "json_schema");
            nested.set("json_schema", flat.deepCopy().without("type"));
            ResponseFormat.read(nested, request);
        } else {
            ResponseFormat.read(format, request);
        }
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.path(member).asText("")).filter(text -> !text.isEmpty());
    }
}
