package dev.patchbay.integration.inputs;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.patchbay.Patchbay;
import dev.patchbay.langchain4j.PatchbayChatModel;
import dev.patchbay.langchain4j.PatchbayStreamingChatModel;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks through LangChain4j. */
record LangChain4jModels(ChatModel model, StreamingChatModel streaming) implements AskedModel {

    private static final Map<FinishReason, String> FINISHES = Map.of(
            FinishReason.TOOL_EXECUTION, "TOOL",
            FinishReason.CONTENT_FILTER, "FILTER");

    static LangChain4jModels ours(Patchbay patchbay) {
        return new LangChain4jModels(
                PatchbayChatModel.of(patchbay, "p/m1"), PatchbayStreamingChatModel.of(patchbay, "p/m1"));
    }

    static LangChain4jModels own(URI baseUrl) {
        return new LangChain4jModels(
                OpenAiChatModel.builder()
                        .baseUrl(baseUrl.toString())
                        .apiKey("key")
                        .modelName("m1")
                        .timeout(Duration.ofSeconds(15))
                        .maxRetries(0)
                        .returnThinking(true)
                        .build(),
                OpenAiStreamingChatModel.builder()
                        .baseUrl(baseUrl.toString())
                        .apiKey("key")
                        .modelName("m1")
                        .timeout(Duration.ofSeconds(15))
                        .returnThinking(true)
                        .build());
    }

    @Override
    public Outcome ask(BugInput input) {
        ChatRequest.Builder request = ChatRequest.builder().messages(UserMessage.from("look"));
        if (input.offersTools()) {
            request.toolSpecifications(ToolSpecification.builder()
                    .name("find")
                    .parameters(JsonObjectSchema.builder()
                            .addStringProperty("path")
                            .addStringProperty("pattern")
                            .build())
                    .build());
        }
        return outcome(input.streamed() ? streamed(request.build()) : model.chat(request.build()));
    }

    private ChatResponse streamed(ChatRequest request) {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        streaming.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {}

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        return whole.join();
    }

    private static Outcome outcome(ChatResponse response) {
        String text = response.aiMessage().text();
        String thinking = response.aiMessage().thinking();
        FinishReason finish = response.finishReason();
        return new Outcome(
                text == null ? "" : text,
                thinking == null ? "" : thinking,
                response.aiMessage().toolExecutionRequests().stream()
                        .map(call -> new Outcome.Call(call.name(), call.arguments()))
                        .toList(),
                finish == null ? "none" : FINISHES.getOrDefault(finish, finish.name()),
                null,
                0);
    }
}
