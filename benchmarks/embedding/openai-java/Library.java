import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import java.util.Iterator;
import java.util.Map;

/** OpenAI's own client, on OkHttp. */
public final class Library implements Caller {

    private final OpenAIClient client;

    public Library(String baseUrl) {
        client = OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey("key").build();
    }

    @Override
    public int stream(String model, int tools, Runnable first) {
        ChatCompletionCreateParams.Builder request =
                ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello");
        for (int i = 0; i < tools; i++) {
            FunctionParameters.Builder schema = FunctionParameters.builder();
            for (Map.Entry<String, Object> member : Tools.schema().entrySet()) {
                schema.putAdditionalProperty(member.getKey(), JsonValue.from(member.getValue()));
            }
            request.addTool(ChatCompletionFunctionTool.builder()
                    .function(FunctionDefinition.builder()
                            .name(Tools.name(i))
                            .description(Tools.DESCRIPTION)
                            .parameters(schema.build())
                            .build())
                    .build());
        }
        int characters = 0;
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(request.build())) {
            Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
            while (chunks.hasNext()) {
                for (ChatCompletionChunk.Choice choice : chunks.next().choices()) {
                    String text = choice.delta().content().orElse("");
                    if (characters == 0 && !text.isEmpty()) {
                        first.run();
                    }
                    characters += text.length();
                }
            }
        }
        return characters;
    }

    @Override
    public void close() {
        client.close();
    }
}
