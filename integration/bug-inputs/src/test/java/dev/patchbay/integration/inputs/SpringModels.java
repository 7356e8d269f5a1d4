package dev.patchbay.integration.inputs;

import dev.patchbay.Patchbay;
import dev.patchbay.springai.PatchbayChatModel;
import dev.patchbay.springai.PatchbayChatOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** Asks through Spring AI. */
record SpringModels(ChatModel model, Function<List<ToolCallback>, ChatOptions> options) implements AskedModel {

    private static final Map<String, String> FINISHES =
            Map.of("TOOL_CALLS", "TOOL", "CONTENT_FILTER", "FILTER", "", "none");
    private static final ToolCallback FIND = FunctionToolCallback.builder("find", (Place place) -> "nothing")
            .description("finds")
            .inputType(Place.class)
            .build();

    /** Where to look. */
    public record Place(String path, String pattern) {}

    static SpringModels ours(Patchbay patchbay) {
        return new SpringModels(
                PatchbayChatModel.of(patchbay, "p/m1"),
                tools -> PatchbayChatOptions.builder().toolCallbacks(tools).build());
    }

    static SpringModels own(URI baseUrl) {
        return new SpringModels(
                OpenAiChatModel.builder().options(own(baseUrl, List.of())).build(), tools -> own(baseUrl, tools));
    }

    private static OpenAiChatOptions own(URI baseUrl, List<ToolCallback> tools) {
        OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
        options.baseUrl(baseUrl.toString());
        options.apiKey("key");
        options.model("m1");
        options.timeout(Duration.ofSeconds(15));
        options.maxRetries(0);
        options.toolCallbacks(tools);
        return options.build();
    }

    @Override
    public Outcome ask(BugInput input) {
        Prompt prompt = new Prompt("look", options.apply(input.offersTools() ? List.of(FIND) : List.of()));
        return outcome(input.streamed() ? model.stream(prompt).collectList().block() : List.of(model.call(prompt)));
    }

    private static Outcome outcome(List<ChatResponse> pieces) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<Outcome.Call> calls = new ArrayList<>();
        String finish = "";
        for (ChatResponse piece : pieces) {
            for (Generation generation : piece.getResults()) {
                String said = generation.getOutput().getText();
                text.append(said == null ? "" : said);
                Map<String, Object> metadata = generation.getOutput().getMetadata();
                // A stream's last piece has the whole of it once more.
                if (thinking.isEmpty() || metadata.get("patchbay.thinking") == null) {
                    thinking.append(metadata.getOrDefault("thinking", metadata.getOrDefault("reasoningContent", "")));
                }
                generation
                        .getOutput()
                        .getToolCalls()
                        .forEach(call -> calls.add(new Outcome.Call(call.name(), call.arguments())));
                String reason = generation.getMetadata().getFinishReason();
                finish = reason == null || reason.isEmpty() ? finish : reason.toUpperCase(Locale.ROOT);
            }
        }
        return new Outcome(text.toString(), thinking.toString(), calls, FINISHES.getOrDefault(finish, finish), null, 0);
    }
}
