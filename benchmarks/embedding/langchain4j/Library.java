import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** LangChain4j's own client of OpenAI. */
public final class Library implements Caller {

    private final Map<String, OpenAiStreamingChatModel> models = new ConcurrentHashMap<>();
    private final String baseUrl;

    public Library(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    @Override
    public int stream(String model, int tools, Runnable first) {
        OpenAiStreamingChatModel streaming = models.computeIfAbsent(model, name -> OpenAiStreamingChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("key")
                .modelName(name)
                .build());
        ChatRequest.Builder request = ChatRequest.builder().messages(UserMessage.from("Hello"));
        if (tools > 0) {
            request.toolSpecifications(tools(tools));
        }
        AtomicInteger characters = new AtomicInteger();
        CompletableFuture<ChatResponse> done = new CompletableFuture<>();
        streaming.chat(request.build(), new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
                if (characters.getAndAdd(text.length()) == 0) {
                    first.run();
                }
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                done.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        done.join();
        return characters.get();
    }

    private static List<ToolSpecification> tools(int count) {
        List<ToolSpecification> tools = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JsonObjectSchema.Builder schema = JsonObjectSchema.builder();
            for (String name : Tools.names()) {
                schema.addStringProperty(name, "What is meant by " + name + " in the request.");
            }
            tools.add(ToolSpecification.builder()
                    .name(Tools.name(i))
                    .description(Tools.DESCRIPTION)
                    .parameters(schema.required(Tools.names()).build())
                    .build());
        }
        return tools;
    }
}
