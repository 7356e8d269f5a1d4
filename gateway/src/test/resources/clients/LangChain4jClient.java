import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Plays LangChain4j's own clients against a gateway: CLIENT URL KEY. Prints what it saw as one JSON object. */
public final class LangChain4jClient {

    private static final String MODEL = "wire-model";
    private static final String IMAGE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("weather")
            .description("Weather.")
            .parameters(JsonObjectSchema.builder().addStringProperty("city").required("city").build())
            .build();

    private final ObjectNode result = JSON.createObjectNode();
    private final ChatModel model;
    private final StreamingChatModel streaming;

    private LangChain4jClient(ChatModel model, StreamingChatModel streaming) {
        this.model = model;
        this.streaming = streaming;
    }

    public static void main(String[] args) throws Exception {
        LangChain4jClient client = of(args[0], args[1], args[2]);
        client.play();
        System.out.println(JSON.writeValueAsString(client.result));
        System.exit(0);
    }

    private static LangChain4jClient of(String client, String url, String key) {
        return switch (client) {
            case "openai" -> new LangChain4jClient(
                    OpenAiChatModel.builder().baseUrl(url + "/v1").apiKey(key).modelName(MODEL).maxRetries(0)
                            .strictJsonSchema(true).returnThinking(true).sendThinking(true).build(),
                    OpenAiStreamingChatModel.builder().baseUrl(url + "/v1").apiKey(key).modelName(MODEL)
                            .returnThinking(true).sendThinking(true).build());
            case "responses" -> new LangChain4jClient(
                    OpenAiResponsesChatModel.builder().baseUrl(url + "/v1").apiKey(key).modelName(MODEL)
                            .strictJsonSchema(true).build(),
                    OpenAiResponsesStreamingChatModel.builder().baseUrl(url + "/v1").apiKey(key).modelName(MODEL).build());
            default -> new LangChain4jClient(
                    AnthropicChatModel.builder().baseUrl(url + "/v1").apiKey(key).modelName(MODEL).maxRetries(0).maxTokens(4096)
                            .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                            .thinkingType("enabled").thinkingBudgetTokens(2000).returnThinking(true).sendThinking(true).build(),
                    AnthropicStreamingChatModel.builder().baseUrl(url + "/v1").apiKey(key).modelName(MODEL).maxTokens(4096)
                            .thinkingType("enabled").thinkingBudgetTokens(2000).returnThinking(true).sendThinking(true).build());
        };
    }

    private void play() {
        see("text", () -> model.chat("hello"));
        see("stream", () -> streamed(List.of(UserMessage.from("hello"))).text());
        see("tools", () -> turnsOf("call the tool", 1));
        see("parallel", () -> streamed(List.of(UserMessage.from("call both"))).toolExecutionRequests().stream()
                .map(LangChain4jClient::city)
                .collect(Collectors.joining(",")));
        see("structured", this::structured);
        see("image", () -> model.chat(UserMessage.from(TextContent.from("see the picture"), ImageContent.from(IMAGE, "image/png")))
                .aiMessage()
                .text());
        see("thinking", () -> turnsOf("think and call the tool", 2));
        try {
            result.put("broken", "taken for whole: " + streamed(List.of(UserMessage.from("break please"))).text());
        } catch (Exception e) {
            result.put("broken", "an error");
        }
    }

    private void see(String name, Callable<Object> run) {
        try {
            Object seen = run.call();
            result.set(name, seen instanceof JsonNode tree ? tree : JSON.valueToTree(seen));
        } catch (Exception e) {
            result.put(name, "failed: " + e);
        }
    }

    private AiMessage streamed(List<ChatMessage> messages) {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        streaming.chat(request(messages).build(), new StreamingChatResponseHandler() {
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
        return whole.join().aiMessage();
    }

    private static ChatRequest.Builder request(List<ChatMessage> messages) {
        return ChatRequest.builder().messages(messages).toolSpecifications(WEATHER);
    }

    private String turnsOf(String text, int turns) throws Exception {
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from(text)));
        for (int turn = 0; turn < turns; turn++) {
            AiMessage answer = streamed(messages);
            messages.add(answer);
            for (ToolExecutionRequest call : answer.toolExecutionRequests()) {
                messages.add(ToolExecutionResultMessage.from(call, "sunny in " + city(call)));
            }
        }
        return model.chat(request(messages).build()).aiMessage().text();
    }

    private static String city(ToolExecutionRequest call) {
        try {
            return JSON.readTree(call.arguments()).path("city").asText();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode structured() throws Exception {
        JsonObjectSchema place = JsonObjectSchema.builder()
                .addStringProperty("city")
                .addProperty("note", JsonAnyOfSchema.builder().anyOf(new JsonStringSchema(), new JsonNullSchema()).build())
                .required("city", "note")
                .additionalProperties(false)
                .build();
        ResponseFormat format = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder().name("place").rootElement(place).build())
                .build();
        ChatRequest request = ChatRequest.builder().messages(UserMessage.from("as json")).responseFormat(format).build();
        return JSON.readTree(model.chat(request).aiMessage().text());
    }
}
