package dev.patchbay.springai;

import dev.patchbay.client.ModelResponse;
import dev.patchbay.client.ModelStream;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.internal.adapt.KeptThoughts;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/** Says answers in Spring AI's terms. Who answered, and what it cost in USD, are among the metadata. */
final class SpringAiAnswers {

    /** The id of the provider that answered. */
    static final String PROVIDER = "provider";

    /** A {@link java.math.BigDecimal}; absent unless every price and count is known that it takes. */
    static final String COST = "costUsd";

    /** What the model thought, in the message's properties. */
    static final String THINKING = "thinking";

    private SpringAiAnswers() {}

    static ChatResponse whole(ModelResponse response) {
        AssistantMessage.Builder<?> message = AssistantMessage.builder()
                .content(response.text())
                .toolCalls(
                        response.toolCalls().stream().map(SpringAiAnswers::call).toList());
        message.properties(properties(response));
        return new ChatResponse(List.of(new Generation(message.build(), reason(response))), metadata(response));
    }

    /** The end of a stream: what was passed on is not said again. */
    static ChatResponse last(ModelResponse response) {
        AssistantMessage message = AssistantMessage.builder()
                .content("")
                .properties(properties(response))
                .build();
        return new ChatResponse(List.of(new Generation(message, reason(response))), metadata(response));
    }

    static ChatResponse text(ModelStream stream, String text) {
        return piece(stream, AssistantMessage.builder().content(text).build());
    }

    static ChatResponse thought(ModelStream stream, String text) {
        return piece(
                stream,
                AssistantMessage.builder()
                        .content("")
                        .properties(Map.of(THINKING, text))
                        .build());
    }

    static ChatResponse call(ModelStream stream, ContentBlock.ToolUse call) {
        return piece(
                stream,
                AssistantMessage.builder()
                        .content("")
                        .toolCalls(List.of(call(call)))
                        .build());
    }

    private static ChatResponse piece(ModelStream stream, AssistantMessage message) {
        return new ChatResponse(
                List.of(new Generation(message, ChatGenerationMetadata.NULL)),
                ChatResponseMetadata.builder()
                        .model(stream.modelId())
                        .keyValue(PROVIDER, stream.provider())
                        .build());
    }

    private static AssistantMessage.ToolCall call(ContentBlock.ToolUse call) {
        return new AssistantMessage.ToolCall(call.id(), "function", call.name(), ToolInput.text(call.input()));
    }

    private static Map<String, Object> properties(ModelResponse response) {
        Map<String, Object> properties = new HashMap<>(KeptThoughts.attributes(response));
        if (!response.thinking().isEmpty()) {
            properties.put(THINKING, response.thinking());
        }
        return properties;
    }

    private static ChatGenerationMetadata reason(ModelResponse response) {
        StopReason reason = response.stopReason().orElse(StopReason.END_TURN);
        boolean calls = !response.toolCalls().isEmpty();
        return ChatGenerationMetadata.builder()
                .finishReason(word(reason, calls))
                .build();
    }

    private static String word(StopReason reason, boolean calls) {
        if (reason.equals(StopReason.TOOL_USE)) {
            return "TOOL_CALLS";
        }
        if (reason.equals(StopReason.END_TURN) || reason.equals(StopReason.STOP_SEQUENCE)) {
            return calls ? "TOOL_CALLS" : "STOP";
        }
        if (reason.equals(StopReason.MAX_TOKENS) || reason.equals(StopReason.CONTEXT_WINDOW_EXCEEDED)) {
            return "LENGTH";
        }
        return reason.equals(StopReason.REFUSAL)
                ? "CONTENT_FILTER"
                : reason.value().toUpperCase(Locale.ROOT);
    }

    /** Where the usage is not known it is null, though Spring AI says it never is: its own empty usage says 0, which nobody can tell from none. */
    @SuppressWarnings("NullAway")
    private static ChatResponseMetadata metadata(ModelResponse response) {
        ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder()
                .model(response.reportedModel().orElse(response.modelId()))
                .keyValue(PROVIDER, response.provider());
        response.id().ifPresent(metadata::id);
        response.costUsd().ifPresent(cost -> metadata.keyValue(COST, cost));
        PatchbayUsage usage = PatchbayUsage.of(response.usage());
        return metadata.usage(usage).build();
    }
}
