package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Efforts;
import dev.patchbay.codec.JsonNumbers;
import dev.patchbay.codec.MemberTypes;
import dev.patchbay.codec.OpenAiMembers;
import dev.patchbay.codec.ResponseFormat;
import dev.patchbay.codec.ThinkingJson;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Thinking;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a client's request in OpenAI chat (dialects.md, section 1.7). What has no counterpart is left out. */
public final class ChatRequestReader {

    /** What is read here; the rest goes where it is known. */
    private static final Set<String> READ = Set.of(
            "model",
            "messages",
            "tools",
            "tool_choice",
            "functions",
            "function_call",
            "parallel_tool_calls",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "n",
            "stop",
            "stream",
            "stream_options",
            "reasoning_effort",
            "reasoning",
            "thinking",
            "verbosity",
            "response_format",
            "modalities",
            "store");

    /** Members of OpenRouter's {@code reasoning} that are read, or only say how much of it is shown. */
    private static final Set<String> REASONING = Set.of("enabled", "effort", "max_tokens", "exclude", "summary");

    private static final Map<String, String> NAMES = Map.of(
            "stop_sequences",
            "stop",
            Efforts.MEMBER,
            "reasoning_effort",
            "output_config.format",
            ResponseFormat.MEMBER,
            "output_config.format.schema",
            "response_format.json_schema",
            "messages.content.image",
            "messages.content.image_url",
            "messages.content.document",
            "messages.content.file");

    private ChatRequestReader() {}

    /**
     * The request in the internal form.
     *
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST if it cannot be understood, or asks for several
     *     answers
     */
    public static ChatRequest read(ObjectNode body) {
        return read(body, new DroppedMembers("the provider"));
    }

    /**
     * The request in the internal form.
     *
     * @param dropped takes the names of what has no counterpart (M6)
     * @throws dev.patchbay.spi.ProviderException as the other does
     */
    public static ChatRequest read(ObjectNode body, DroppedMembers dropped) {
        MemberTypes.check(body);
        if (JsonNumbers.toInt(body.path("n")).orElse(1) > 1) {
            throw Bodies.invalid("n: only one answer can be given");
        }
        if (!body.path("messages").isArray()) {
            throw Bodies.invalid(
                    body.has("input")
                            ? "messages: must be a list; a body with input is one of the Responses API, at /v1/responses"
                            : "messages: must be a list");
        }
        for (JsonNode modality : body.path("modalities")) {
            if (!modality.asText("").equals("text")) {
                throw Bodies.invalid("modalities: this provider answers with text only");
            }
        }
        ChatRequest.Builder request = ChatRequest.builder(body.path("model").asText(""));
        ChatMessageReader messages = new ChatMessageReader(dropped);
        body.path("messages").forEach(messages::read);
        messages.instructions().forEach(request::system);
        request.messages(messages.messages());
        ChatToolReader.read(body, request, dropped);
        params(body, request);
        OpenAiMembers.keep(body, READ, request, dropped);
        noteDropped(body, dropped);
        dropped.clientNames(names(body));
        return request.build();
    }

    /** Whether the client wants the usage at the end of a stream. */
    public static boolean wantsUsage(JsonNode body) {
        return body.path("stream_options").path("include_usage").asBoolean(false);
    }

    private static void params(ObjectNode body, ChatRequest.Builder request) {
        OptionalInt limit = JsonNumbers.toLimit(body.path("max_completion_tokens"));
        (limit.isPresent() ? limit : JsonNumbers.toLimit(body.path("max_tokens"))).ifPresent(request::maxTokens);
        JsonNumbers.toDouble(body.path("temperature")).ifPresent(request::temperature);
        JsonNumbers.toDouble(body.path("top_p")).ifPresent(request::topP);
        JsonNode stop = body.path("stop");
        if (stop.isTextual()) {
            request.stopSequence(stop.textValue());
        }
        stop.forEach(text -> request.stopSequence(text.asText("")));
        request.stream(body.path("stream").asBoolean(false));
        text(body, "user").or(() -> text(body, "safety_identifier")).ifPresent(request::userId);
        thinking(body, request);
        text(body, "verbosity").ifPresent(word -> request.more("verbosity", word));
        ResponseFormat.read(body.path("response_format"), request);
    }

    /** How hard to think, in the words of OpenAI, or of OpenRouter's or Anthropic's, which clients of both put here. */
    private static void thinking(ObjectNode body, ChatRequest.Builder request) {
        ThinkingJson.read(body.path("thinking")).ifPresent(request::thinking);
        JsonNode openRouter = body.path("reasoning");
        if (openRouter.path("enabled").isBoolean()) {
            boolean on = openRouter.path("enabled").booleanValue();
            request.thinking(Thinking.of(on ? Thinking.Mode.ENABLED : Thinking.Mode.DISABLED));
        }
        JsonNumbers.toInt(openRouter.path("max_tokens"))
                .ifPresent(budget -> request.thinking(Thinking.enabled(budget)));
        text(body, "reasoning_effort").or(() -> text(openRouter, "effort")).ifPresent(level -> effort(level, request));
    }

    private static void noteDropped(ObjectNode body, DroppedMembers dropped) {
        if (body.path("store").asBoolean(false)) {
            dropped.add("store");
        }
        if (ResponseFormat.isUnknown(body.path("response_format"))) {
            dropped.add("response_format");
        }
        body.path("reasoning").fieldNames().forEachRemaining(name -> {
            if (!REASONING.contains(name)) {
                dropped.add("reasoning." + name);
            }
        });
    }

    /** How the client says how hard to think. */
    private static Map<String, String> names(ObjectNode body) {
        Map<String, String> names = new HashMap<>(NAMES);
        if (body.hasNonNull("reasoning_effort")) {
            names.put("thinking", "reasoning_effort");
        } else if (body.hasNonNull("reasoning")) {
            names.put("thinking", "reasoning");
            names.put(Efforts.MEMBER, "reasoning.effort");
        }
        return names;
    }

    private static void effort(String level, ChatRequest.Builder request) {
        if (level.equals(Efforts.NONE)) {
            request.thinking(Thinking.of(Thinking.Mode.DISABLED));
        } else {
            request.effort(level);
        }
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.path(member).asText("")).filter(text -> !text.isEmpty());
    }
}
