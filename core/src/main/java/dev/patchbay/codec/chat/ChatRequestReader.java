package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.Efforts;
import dev.patchbay.codec.Numbers;
import dev.patchbay.codec.ResponseFormat;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Thinking;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a client's request in OpenAI chat (dialects.md, section 1.7). What has no counterpart is left out. */
public final class ChatRequestReader {

    private ChatRequestReader() {}

    /**
     * The request in the internal form.
     *
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST if it cannot be understood, or asks for several
     *     answers
     */
    public static ChatRequest read(ObjectNode body) {
        if (Numbers.toInt(body.path("n")).orElse(1) > 1) {
            throw Bodies.invalid("n: only one answer can be given");
        }
        if (!body.path("messages").isArray()) {
            throw Bodies.invalid("messages: must be a list");
        }
        ChatRequest.Builder request = ChatRequest.builder(body.path("model").asText(""));
        ChatMessageReader messages = new ChatMessageReader();
        body.path("messages").forEach(messages::read);
        messages.instructions().forEach(request::system);
        request.messages(messages.messages());
        ChatToolReader.read(body, request);
        params(body, request);
        return request.build();
    }

    /** Whether the client wants the usage at the end of a stream. */
    public static boolean wantsUsage(JsonNode body) {
        return body.path("stream_options").path("include_usage").asBoolean(false);
    }

    private static void params(ObjectNode body, ChatRequest.Builder request) {
        OptionalInt limit = Numbers.toInt(body.path("max_completion_tokens"));
        (limit.isPresent() ? limit : Numbers.toInt(body.path("max_tokens"))).ifPresent(request::maxTokens);
        Numbers.toDouble(body.path("temperature")).ifPresent(request::temperature);
        Numbers.toDouble(body.path("top_p")).ifPresent(request::topP);
        JsonNode stop = body.path("stop");
        if (stop.isTextual()) {
            request.stopSequence(stop.textValue());
        }
        stop.forEach(text -> request.stopSequence(text.asText("")));
        request.stream(body.path("stream").asBoolean(false));
        text(body, "user").or(() -> text(body, "safety_identifier")).ifPresent(request::userId);
        text(body, "reasoning_effort").ifPresent(level -> effort(level, request));
        ResponseFormat.read(body.path("response_format"), request);
    }

    private static void effort(String level, ChatRequest.Builder request) {
        if (level.equals(Efforts.NONE)) {
            request.thinking(new Thinking(Thinking.Mode.DISABLED, OptionalInt.empty()));
        } else {
            request.effort(level);
        }
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.path(member).asText("")).filter(text -> !text.isEmpty());
    }
}
