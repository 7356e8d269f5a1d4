package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Efforts;
import dev.patchbay.codec.JsonNumbers;
import dev.patchbay.codec.MemberTypes;
import dev.patchbay.codec.OpenAiMembers;
import dev.patchbay.codec.ResponseFormat;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Thinking;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a client's request in OpenAI Responses (dialects.md, P1 to P3). What has no counterpart is left out, and named. */
public final class ResponsesRequestReader {

    /** Members that are read, and those that only mean something where an answer is kept, or a tool runs. */
    private static final Set<String> READ = Set.of(
            "model",
            "input",
            "instructions",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "max_output_tokens",
            "temperature",
            "top_p",
            "stream",
            "stream_options",
            "reasoning",
            "text",
            "store",
            "include",
            "truncation",
            "client_metadata");

    /** Members of {@code reasoning} that are read, or only say how much of it is shown. */
    private static final Set<String> REASONING = Set.of("effort", "summary", "generate_summary");

    private static final Set<String> TEXT = Set.of("format", "verbosity");

    private static final String LOGPROBS = "message.output_text.logprobs";

    /** What refers to something that OpenAI keeps. */
    private static final List<String> STATE = List.of("previous_response_id", "conversation", "prompt");

    private static final Map<String, String> NAMES = Map.of(
            "verbosity",
            "text.verbosity",
            "thinking",
            "reasoning.effort",
            Efforts.MEMBER,
            "reasoning.effort",
            "output_config.format",
            "text.format",
            "output_config.format.schema",
            "text.format.schema",
            "messages.content.image",
            "input.content.input_image",
            "messages.content.document",
            "input.content.input_file");

    private ResponsesRequestReader() {}

    /** The request in the internal form, where no earlier answer is known; otherwise as the other does. */
    public static ResponsesRequest read(ObjectNode body) {
        return read(body, id -> Optional.empty(), new DroppedMembers("none"));
    }

    /**
     * The request in the internal form.
     *
     * @param emitted finds an item of an earlier answer by its id
     * @param dropped takes what the internal form does not hold
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST if it cannot be understood, or refers to something
     *     that is not kept here
     */
    public static ResponsesRequest read(
            ObjectNode body, Function<String, Optional<ObjectNode>> emitted, DroppedMembers dropped) {
        MemberTypes.check(body);
        STATE.forEach(member -> refuse(body, member));
        ChatRequest.Builder request = ChatRequest.builder(body.path("model").asText(""));
        if (body.path("instructions").isContainerNode()) {
            throw Bodies.invalid("instructions: must be a text; messages of a system belong into input");
        }
        String instructions = body.path("instructions").asText("");
        if (!instructions.isBlank()) {
            request.system(instructions);
        }
        JsonNode input = body.path("input");
        if (!input.isTextual() && !input.isArray()) {
            throw Bodies.invalid("input: must be a text or a list");
        }
        List<ObjectNode> items = InputItems.resolved(input, emitted);
        ResponsesToolReader tools = new ResponsesToolReader(dropped);
        tools.declared(body.path("tools"), items);
        InputItems read = InputItems.read(items, tools.names(), dropped.provider());
        if (input.isTextual()) {
            request.message(ChatMessage.user(input.textValue()));
        }
        request.messages(read.turns());
        tools.write(body, request);
        ObjectNode settings = ConfigurationUpdates.made(body, items, dropped);
        params(settings, request);
        read.dropped().forEach(type -> dropped.add("input." + type));
        OpenAiMembers.keep(body, READ, request, dropped);
        noteInner(settings, dropped);
        dropped.clientNames(NAMES);
        boolean stored = body.path("store").asBoolean(true);
        return new ResponsesRequest(request.build(), tools.names(), ResponsesEnvelope.echo(body), stored);
    }

    private static void refuse(ObjectNode body, String member) {
        if (body.hasNonNull(member)) {
            throw Bodies.invalid(member
                    + ": nothing is kept here under a name; send the whole conversation as input (store: false)");
        }
    }

    private static boolean isSet(JsonNode value) {
        return !value.isNull() && !(value.isBoolean() && !value.asBoolean());
    }

    private static void params(ObjectNode body, ChatRequest.Builder request) {
        JsonNumbers.toLimit(body.path("max_output_tokens")).ifPresent(request::maxTokens);
        JsonNumbers.toDouble(body.path("temperature")).ifPresent(request::temperature);
        JsonNumbers.toDouble(body.path("top_p")).ifPresent(request::topP);
        request.stream(body.path("stream").asBoolean(false));
        text(body, "user").or(() -> text(body, "safety_identifier")).ifPresent(request::userId);
        text(body.path("reasoning"), "effort").ifPresent(level -> effort(level, request));
        ResponseFormat.read(nested(body.path("text").path("format")), request);
        text(body.path("text"), "verbosity").ifPresent(word -> request.more("verbosity", word));
    }

    /** Members of members, of which the others are read or change no answer. */
    private static void noteInner(ObjectNode body, DroppedMembers dropped) {
        for (JsonNode included : body.path("include")) {
            if (included.asText("").equals(LOGPROBS)) {
                dropped.add("include." + LOGPROBS);
            }
        }
        body.path("reasoning").properties().forEach(member -> {
            if (!REASONING.contains(member.getKey()) && isSet(member.getValue())) {
                dropped.add("reasoning." + member.getKey());
            }
        });
        body.path("text").properties().forEach(member -> {
            if (!TEXT.contains(member.getKey()) && isSet(member.getValue())) {
                dropped.add("text." + member.getKey());
            }
        });
        if (ResponseFormat.isUnknown(nested(body.path("text").path("format")))) {
            dropped.add("text.format");
        }
    }

    private static void effort(String level, ChatRequest.Builder request) {
        if (level.equals(Efforts.NONE)) {
            request.thinking(Thinking.of(Thinking.Mode.DISABLED));
        } else {
            request.effort(level);
        }
    }

    /** Responses has flat what chat has nested. */
    private static JsonNode nested(JsonNode format) {
        if (format instanceof ObjectNode flat && flat.path("type").asText("").equals("json_schema")) {
            ObjectNode nested = Json.object().put("type", "json_schema");
            nested.set("json_schema", flat.deepCopy().without("type"));
            return nested;
        }
        return format;
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.path(member).asText("")).filter(text -> !text.isEmpty());
    }
}
