package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.ErrorDetails;
import dev.patchbay.codec.JsonNumbers;
import dev.patchbay.codec.MemberTypes;
import dev.patchbay.codec.OpenAiMembers;
import dev.patchbay.codec.ResponseFormat;
import dev.patchbay.codec.ThinkingJson;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    public static ChatRequest read(ObjectNode given) {
        refuseThread(given);
        MemberTypes.check(given);
        if (given.path("tool_choice").isTextual()) {
            throw Bodies.invalid("tool_choice: must be an object");
        }
        if (given.path("stop_sequences").isTextual()) {
            throw Bodies.invalid("stop_sequences: must be a list");
        }
        ObjectNode body = SystemDirectives.carriedOut(given);
        ChatRequest.Builder request = ChatRequest.builder(body.path("model").asText(""));
        system(body.path("system")).forEach(request::system);
        messages(body.path("messages")).forEach(request::message);
        tools(body.path("tools")).forEach(request::tool);
        toolChoice(body.path("tool_choice"))
                .ifPresentOrElse(request::toolChoice, () -> keep("tool_choice", body.path("tool_choice"), request));
        params(body, request);
        BlockReader.more(body, MODELLED).forEach(request::more);
        format(body.path(ResponseFormat.MEMBER), request);
        return request.build();
    }

    /**
     * The conversation is held by the server, and only its last message is in the request: left out, it would be another
     * question (M6a). Anthropic's SDK goes on without a thread when it is refused in these words.
     */
    private static void refuseThread(ObjectNode body) {
        if (body.hasNonNull("thread")) {
            throw ErrorDetails.attach(
                    Bodies.invalid("thread: this provider holds no conversations; send the whole history without it"),
                    Map.of("error_code", "thread_unsupported_request", "unsupported", List.of("thread")));
        }
    }

    /** The attribution that Claude Code puts first changes with every request and defeats prefix caches (Q2). */
    private static List<ContentBlock> system(JsonNode system) {
        if (system.isTextual()) {
            return List.of(ContentBlock.text(Attribution.removeFrom(system.textValue())));
        }
        refuseLists(system, "system");
        List<ContentBlock> blocks = new ArrayList<>(BlockReader.content(system));
        blocks.removeIf(block -> block instanceof ContentBlock.Text text && Attribution.begins(text.text()));
        return blocks;
    }

    private static void refuseLists(JsonNode content, String place) {
        for (int i = 0; content.isArray() && i < content.size(); i++) {
            if (content.path(i).isArray()) {
                throw Bodies.invalid(place + "." + i + ": must be an object or a text, not a list");
            }
        }
    }

    private static List<ChatMessage> messages(JsonNode messages) {
        if (!messages.isArray()) {
            throw Bodies.invalid("messages: must be a list");
        }
        List<ChatMessage> read = new ArrayList<>();
        for (JsonNode message : messages) {
            ChatMessage.Role role = role(message, read.size());
            JsonNode content = message.path("content");
            refuseLists(content, "messages." + read.size() + ".content");
            read.add(new ChatMessage(
                    role,
                    role == ChatMessage.Role.SYSTEM
                            ? system(content)
                            : BlockReader.content(content).stream()
                                    .map(MessagesRequestReader::told)
                                    .toList()));
        }
        return read;
    }

    /** A compaction is all that is left of the conversation before it, and readable (M6a). */
    private static ContentBlock told(ContentBlock block) {
        boolean summary = block instanceof ContentBlock.Other other
                && other.type().equals("compaction")
                && other.members().get("content") instanceof String;
        return summary
                ? ContentBlock.text(
                        String.valueOf(((ContentBlock.Other) block).members().get("content")))
                : block;
    }

    private static ChatMessage.Role role(JsonNode message, int index) {
        return switch (message.path("role").asText("")) {
            case "user" -> ChatMessage.Role.USER;
            case "assistant" -> ChatMessage.Role.ASSISTANT;
            case "system" -> ChatMessage.Role.SYSTEM;
            default -> throw Bodies.invalid("messages." + index + ".role: must be user, assistant or system");
        };
    }

    /** Some clients mix in how OpenAI chat asks for a format. */
    private static void format(JsonNode format, ChatRequest.Builder request) {
        ResponseFormat.read(format, request);
        if (ResponseFormat.isUnknown(format)) {
            request.more(OpenAiMembers.PLACE, Map.of(ResponseFormat.MEMBER, JsonValues.toMap((ObjectNode) format)));
        }
    }

    /** What is of a type that is not known here is not understood, but named where it is lost (M6). */
    private static void keep(String name, JsonNode value, ChatRequest.Builder request) {
        if (value.isObject()) {
            request.more(name, JsonValues.toJdk(value));
        }
    }

    private static List<Tool> tools(JsonNode tools) {
        List<Tool> read = new ArrayList<>();
        for (JsonNode tool : tools) {
            if (!(tool instanceof ObjectNode object)) {
                throw Bodies.invalid("tools." + read.size() + ": must be an object");
            }
            read.add(MessagesTools.read(object));
        }
        return read;
    }

    private static Optional<ToolChoice> toolChoice(JsonNode choice) {
        boolean alone = choice.path("disable_parallel_tool_use").asBoolean(false);
        Optional<String> name = Optional.ofNullable(choice.path("name").textValue());
        return switch (choice.path("type").asText("")) {
            case "auto" -> Optional.of(ToolChoice.of(ToolChoice.Mode.AUTO).parallelDisabled(alone));
            case "any" -> Optional.of(ToolChoice.of(ToolChoice.Mode.ANY).parallelDisabled(alone));
            case "tool" -> Optional.of(ToolChoice.tool(name.orElse("")).parallelDisabled(alone));
            case "none" -> Optional.of(ToolChoice.of(ToolChoice.Mode.NONE));
            default -> Optional.empty();
        };
    }

    private static void params(ObjectNode body, ChatRequest.Builder request) {
        JsonNumbers.toInt(body.path("max_tokens")).ifPresent(request::maxTokens);
        JsonNumbers.toDouble(body.path("temperature")).ifPresent(request::temperature);
        JsonNumbers.toDouble(body.path("top_p")).ifPresent(request::topP);
        JsonNumbers.toInt(body.path("top_k")).ifPresent(request::topK);
        body.path("stop_sequences").forEach(text -> request.stopSequence(text.asText("")));
        request.stream(body.path("stream").asBoolean(false));
        ThinkingJson.read(body.path("thinking"))
                .ifPresentOrElse(request::thinking, () -> keep("thinking", body.path("thinking"), request));
        JsonNode output = body.path("output_config");
        Optional.ofNullable(output.path("effort").textValue()).ifPresent(request::effort);
        output.properties().forEach(member -> {
            if (!member.getKey().equals("effort") && !member.getKey().equals("format")) {
                request.more("output_config." + member.getKey(), JsonValues.toJdk(member.getValue()));
            }
        });
        JsonNode format = output.has("format") ? output.path("format") : body.path("output_format");
        if (format.path("schema") instanceof ObjectNode schema) {
            request.outputSchema(JsonValues.toMap(schema));
        } else {
            keep("output_config.format", format, request);
        }
        Optional.ofNullable(body.path("metadata").path("user_id").textValue()).ifPresent(request::userId);
    }
}
