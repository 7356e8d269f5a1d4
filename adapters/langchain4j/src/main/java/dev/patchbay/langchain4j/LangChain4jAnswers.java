package dev.patchbay.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.patchbay.client.ModelResponse;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.internal.adapt.KeptThoughts;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says answers in LangChain4j's terms. */
final class LangChain4jAnswers {

    private LangChain4jAnswers() {}

    static ChatResponse response(ModelResponse response) {
        return response(
                response,
                response.toolCalls().stream().map(LangChain4jAnswers::call).toList());
    }

    /** @param calls those of the response, as they were told already */
    static ChatResponse response(ModelResponse response, List<ToolExecutionRequest> calls) {
        PatchbayChatResponseMetadata.Builder metadata = new PatchbayChatResponseMetadata.Builder()
                .provider(response.provider())
                .modelName(response.reportedModel().orElse(response.modelId()))
                .tokenUsage(PatchbayTokenUsage.of(response.usage()))
                .finishReason(reason(response, calls));
        response.id().ifPresent(metadata::id);
        response.costUsd().ifPresent(metadata::costUsd);
        return ChatResponse.builder()
                .aiMessage(AiMessage.builder()
                        .text(orNull(response.text(), calls))
                        .thinking(response.thinking().isEmpty() ? null : response.thinking())
                        .toolExecutionRequests(calls)
                        .attributes(KeptThoughts.attributes(response))
                        .build())
                .metadata(metadata.build())
                .build();
    }

    private static ToolExecutionRequest call(ContentBlock.ToolUse call) {
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(ToolInput.text(call.input()))
                .build();
    }

    /** An answer of nothing else has an empty text. */
    private static @Nullable String orNull(String text, List<ToolExecutionRequest> calls) {
        return text.isEmpty() && !calls.isEmpty() ? null : text;
    }

    private static FinishReason reason(ModelResponse response, List<ToolExecutionRequest> calls) {
        StopReason reason = response.stopReason().orElse(StopReason.END_TURN);
        if (reason.equals(StopReason.TOOL_USE)) {
            return FinishReason.TOOL_EXECUTION;
        }
        if (reason.equals(StopReason.END_TURN) || reason.equals(StopReason.STOP_SEQUENCE)) {
            return calls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_EXECUTION;
        }
        if (reason.equals(StopReason.MAX_TOKENS) || reason.equals(StopReason.CONTEXT_WINDOW_EXCEEDED)) {
            return FinishReason.LENGTH;
        }
        return reason.equals(StopReason.REFUSAL) ? FinishReason.CONTENT_FILTER : FinishReason.OTHER;
    }
}
