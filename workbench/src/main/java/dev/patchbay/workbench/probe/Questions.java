package dev.patchbay.workbench.probe;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import java.util.List;
import java.util.Map;

/** What a provider is asked: short, and with the members that coding agents send and providers refuse. */
final class Questions {

    static final String TOOL = "get_weather";
    static final String ARGUMENT = "city";

    private static final int ONE_TOKEN = 1;
    private static final int A_FEW = 64;
    private static final int FOR_THINKING_MODELS = 1024;

    private static final Tool WEATHER = Tool.of(
            TOOL,
            "Tells the weather of a city.",
            Map.of(
                    "$schema",
                    "http://json-schema.org/draft-07/schema#",
                    "type",
                    "object",
                    "properties",
                    Map.of(ARGUMENT, Map.of("type", "string", "description", "The city.")),
                    "required",
                    List.of(ARGUMENT),
                    "additionalProperties",
                    false));

    private Questions() {}

    static ChatRequest chat(QuestionForm form) {
        return conversation(form, "Say hello.").stream(false)
                .temperature(0.5)
                .maxTokens(form.roomy() ? FOR_THINKING_MODELS : ONE_TOKEN)
                .build();
    }

    static ChatRequest stream(QuestionForm form) {
        return conversation(form, "Count from one to five.")
                .stopSequence("###")
                .maxTokens(form.roomy() ? FOR_THINKING_MODELS : A_FEW)
                .build();
    }

    static ChatRequest toolCall(QuestionForm form) {
        return withTool(form)
                .toolChoice(ToolChoice.of(ToolChoice.Mode.ANY).parallelDisabled(true))
                .build();
    }

    /** The conversation goes on after the call of the tool. */
    static ChatRequest secondTurn(QuestionForm form, List<ContentBlock> called) {
        List<ContentBlock> results = called.stream()
                .filter(ContentBlock.ToolUse.class::isInstance)
                .map(ContentBlock.ToolUse.class::cast)
                .<ContentBlock>map(call -> ContentBlock.toolResult(call.id(), "18 degrees, sunny"))
                .toList();
        return withTool(form)
                .message(new ChatMessage(ChatMessage.Role.ASSISTANT, called))
                .message(new ChatMessage(ChatMessage.Role.USER, results))
                .build();
    }

    private static ChatRequest.Builder withTool(QuestionForm form) {
        return conversation(form, "What is the weather in Paris? Use the tool.")
                .tool(WEATHER)
                .maxTokens(FOR_THINKING_MODELS);
    }

    private static ChatRequest.Builder conversation(QuestionForm form, String text) {
        // The model is the route's, whatever a request says.
        ChatRequest.Builder request = ChatRequest.builder("").message(ChatMessage.user(text));
        return form.instructed() ? request.system("Answer with as few words as you can.") : request;
    }
}
