import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

/** Plays Spring AI's own clients against a gateway: CLIENT URL KEY. Prints what it saw as one JSON object. */
public final class SpringAiClient {

    private static final String MODEL = "wire-model";
    private static final String IMAGE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static final String PLACE = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},"
            + "\"note\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}},"
            + "\"required\":[\"city\",\"note\"],\"additionalProperties\":false}";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ToolCallback WEATHER = FunctionToolCallback.builder("weather", (City city) -> "sunny in " + city.city())
            .description("Weather.")
            .inputType(City.class)
            .build();

    private final ObjectNode result = JSON.createObjectNode();
    private final ChatModel model;
    private final Function<String, ChatOptions> options;

    /** Where. */
    public record City(String city) {}

    private SpringAiClient(ChatModel model, Function<String, ChatOptions> options) {
        this.model = model;
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        SpringAiClient client = of(args[0], args[1], args[2]);
        client.play();
        System.out.println(JSON.writeValueAsString(client.result));
        System.exit(0);
    }

    /** The options of a request are for a text, for a tool, or for an answer by a schema. */
    private static SpringAiClient of(String client, String url, String key) {
        if (client.equals("openai")) {
            Function<String, OpenAiChatOptions> options = kind -> {
                OpenAiChatOptions.Builder builder = OpenAiChatOptions.builder();
                builder.baseUrl(url + "/v1").apiKey(key).maxRetries(0);
                builder.model(MODEL);
                if (kind.equals("tool")) {
                    builder.toolCallbacks(List.of(WEATHER));
                }
                if (kind.equals("schema")) {
                    builder.outputSchema(PLACE);
                }
                return builder.build();
            };
            return new SpringAiClient(OpenAiChatModel.builder().options(options.apply("text")).build(), options::apply);
        }
        Function<String, AnthropicChatOptions> options = kind -> {
            AnthropicChatOptions.Builder builder = AnthropicChatOptions.builder();
            builder.baseUrl(url).apiKey(key).maxRetries(0);
            builder.model(MODEL);
            builder.maxTokens(4096);
            if (kind.equals("tool")) {
                builder.toolCallbacks(List.of(WEATHER));
                builder.thinkingEnabled(2000);
            }
            if (kind.equals("schema")) {
                builder.outputSchema(PLACE);
            }
            return builder.build();
        };
        return new SpringAiClient(AnthropicChatModel.builder().options(options.apply("text")).build(), options::apply);
    }

    private void play() {
        see("text", () -> text(model.call(prompt("text", List.of(new UserMessage("hello"))))));
        see("stream", () -> text(streamed("text", List.of(new UserMessage("hello")))));
        see("tools", () -> turnsOf("call the tool", 1));
        see("parallel", () -> calls(streamed("tool", List.of(new UserMessage("call both")))).stream()
                .map(call -> city(call.arguments()))
                .collect(Collectors.joining(",")));
        see("structured", () -> JSON.readTree(text(model.call(prompt("schema", List.of(new UserMessage("as json")))))));
        see("image", () -> {
            Media picture = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(Base64.getDecoder().decode(IMAGE)));
            Message question = UserMessage.builder().text("see the picture").media(picture).build();
            return text(model.call(prompt("text", List.of(question))));
        });
        see("thinking", () -> turnsOf("think and call the tool", 2));
        try {
            result.put("broken", "taken for whole: " + text(streamed("text", List.of(new UserMessage("break please")))));
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

    private Prompt prompt(String kind, List<Message> messages) {
        return new Prompt(messages, options.apply(kind));
    }

    private ChatResponse streamed(String kind, List<Message> messages) {
        ChatResponse[] whole = new ChatResponse[1];
        new MessageAggregator().aggregate(model.stream(prompt(kind, messages)), response -> whole[0] = response).blockLast();
        return whole[0];
    }

    private String turnsOf(String text, int turns) {
        List<Message> messages = new ArrayList<>(List.of(new UserMessage(text)));
        for (int turn = 0; turn < turns; turn++) {
            ChatResponse answer = turn == 0 ? model.call(prompt("tool", messages)) : streamed("tool", messages);
            AssistantMessage said = answer.getResults().stream()
                    .map(generation -> generation.getOutput())
                    .filter(AssistantMessage::hasToolCalls)
                    .findFirst()
                    .orElseThrow();
            messages.add(said);
            messages.add(ToolResponseMessage.builder()
                    .responses(said.getToolCalls().stream()
                            .map(call -> new ToolResponseMessage.ToolResponse(
                                    call.id(), call.name(), WEATHER.call(call.arguments())))
                            .toList())
                    .build());
        }
        return text(model.call(prompt("tool", messages)));
    }

    private static List<AssistantMessage.ToolCall> calls(ChatResponse response) {
        return response.getResults().stream()
                .flatMap(generation -> generation.getOutput().getToolCalls().stream())
                .toList();
    }

    private static String text(ChatResponse response) {
        return response.getResults().stream()
                .map(generation -> generation.getOutput().getText())
                .filter(text -> text != null)
                .collect(Collectors.joining());
    }

    private static String city(String arguments) {
        try {
            return JSON.readTree(arguments).path("city").asText();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
