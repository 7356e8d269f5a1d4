import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import tools.jackson.databind.json.JsonMapper;

/** Spring AI's own client of OpenAI. */
public final class Library implements Caller {

    private static final String SCHEMA = JsonMapper.builder().build().writeValueAsString(Tools.schema());

    private final OpenAiChatModel model;

    public Library(String baseUrl) {
        OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
        options.baseUrl(baseUrl);
        options.apiKey("key");
        options.model("chunks-20");
        model = OpenAiChatModel.builder().options(options.build()).build();
    }

    @Override
    public int stream(String name, int tools, Runnable first) {
        OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
        options.model(name);
        List<ToolCallback> offered = new ArrayList<>();
        for (int i = 0; i < tools; i++) {
            offered.add(new Offered(ToolDefinition.builder()
                    .name(Tools.name(i))
                    .description(Tools.DESCRIPTION)
                    .inputSchema(SCHEMA)
                    .build()));
        }
        options.toolCallbacks(offered);
        AtomicInteger characters = new AtomicInteger();
        model.stream(new Prompt(List.of(new UserMessage("Hello")), options.build()))
                .doOnNext(response -> {
                    String text = response.getResult() == null
                            ? null
                            : response.getResult().getOutput().getText();
                    if (text != null && !text.isEmpty() && characters.getAndAdd(text.length()) == 0) {
                        first.run();
                    }
                })
                .blockLast();
        return characters.get();
    }

    private record Offered(ToolDefinition definition) implements ToolCallback {

        @Override
        public ToolDefinition getToolDefinition() {
            return definition;
        }

        @Override
        public String call(String input) {
            throw new UnsupportedOperationException("nobody calls it here");
        }
    }
}
