package dev.patchbay.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.patchbay.client.ModelClient;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.internal.adapt.KeptThoughts;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads LangChain4j's requests. */
final class LangChain4jRequests {

    private static final Map<String, @Nullable Object> NO_INPUT = Map.of("type", "object", "properties", Map.of());

    private LangChain4jRequests() {}

    /**
     * The request in the internal form.
     *
     * @param client what it is for: what another model thought is of no use there
     * @throws RuntimeException of LangChain4j, if it holds what cannot be sent
     */
    static ChatRequest read(
            dev.langchain4j.model.chat.request.ChatRequest request, ModelClient client, boolean streamed) {
        ChatRequest.Builder builder = ChatRequest.builder("").stream(streamed);
        messages(request.messages(), new KeptThoughts(client), builder);
        parameters(request.parameters(), builder);
        return builder.build();
    }

    private static void messages(
            List<dev.langchain4j.data.message.ChatMessage> messages,
            KeptThoughts thoughts,
            ChatRequest.Builder builder) {
        List<ContentBlock> results = new ArrayList<>();
        boolean begun = false;
        for (dev.langchain4j.data.message.ChatMessage message : messages) {
            if (message instanceof ToolExecutionResultMessage result) {
                results.add(result(result));
                begun = true;
                continue;
            }
            flush(results, builder);
            if (message instanceof SystemMessage system && !begun) {
                builder.system(system.text());
                continue;
            }
            begun = true;
            builder.message(message(message, thoughts));
        }
        flush(results, builder);
    }

    /** The results of the calls of one answer belong into one turn. */
    private static void flush(List<ContentBlock> results, ChatRequest.Builder builder) {
        if (!results.isEmpty()) {
            builder.message(new ChatMessage(ChatMessage.Role.USER, results));
            results.clear();
        }
    }

    private static ChatMessage message(dev.langchain4j.data.message.ChatMessage message, KeptThoughts thoughts) {
        if (message instanceof UserMessage user) {
            return new ChatMessage(
                    ChatMessage.Role.USER,
                    user.contents().stream().map(Contents::read).toList());
        }
        if (message instanceof SystemMessage system) {
            return new ChatMessage(ChatMessage.Role.SYSTEM, List.of(ContentBlock.text(system.text())));
        }
        if (message instanceof AiMessage answer) {
            return new ChatMessage(ChatMessage.Role.ASSISTANT, blocks(answer, thoughts));
        }
        throw new UnsupportedFeatureException("a message of type " + message.type() + " cannot be sent");
    }

    private static List<ContentBlock> blocks(AiMessage answer, KeptThoughts thoughts) {
        List<ContentBlock> blocks = new ArrayList<>(thoughts.of(answer.attributes()));
        if (answer.text() != null && !answer.text().isEmpty()) {
            blocks.add(ContentBlock.text(answer.text()));
        }
        if (answer.hasToolExecutionRequests()) {
            answer.toolExecutionRequests()
                    .forEach(call -> blocks.add(ContentBlock.toolUse(
                            call.id(),
                            call.name(),
                            JsonValues.toMap(ToolInput.parse(call.arguments() == null ? "" : call.arguments())),
                            thoughts.proof(answer.attributes(), call.id()))));
        }
        return blocks;
    }

    private static ContentBlock result(ToolExecutionResultMessage result) {
        List<ContentBlock> content = new ArrayList<>();
        for (Content part : result.contents()) {
            content.add(Contents.read(part));
        }
        return ContentBlock.toolResult(result.id(), content, Boolean.TRUE.equals(result.isError()), Map.of());
    }

    private static void parameters(ChatRequestParameters asked, ChatRequest.Builder builder) {
        set(asked.temperature(), builder::temperature);
        set(asked.topP(), builder::topP);
        set(asked.topK(), builder::topK);
        set(asked.maxOutputTokens(), builder::maxTokens);
        set(asked.frequencyPenalty(), value -> builder.more("frequency_penalty", value));
        set(asked.presencePenalty(), value -> builder.more("presence_penalty", value));
        set(asked.stopSequences(), all -> all.forEach(builder::stopSequence));
        set(asked.toolSpecifications(), all -> all.forEach(tool -> builder.tool(tool(tool))));
        set(asked.toolChoice(), choice -> builder.toolChoice(choice(choice)));
        set(asked.responseFormat(), format -> format(format, builder));
        if (asked instanceof PatchbayChatRequestParameters own) {
            own.thinking().ifPresent(builder::thinking);
            own.effort().ifPresent(builder::effort);
            own.userId().ifPresent(builder::userId);
            own.more().forEach(builder::more);
        }
    }

    private static Tool tool(ToolSpecification tool) {
        Tool.Builder builder =
                Tool.builder(tool.name()).inputSchema(tool.parameters() == null ? NO_INPUT : schema(tool.parameters()));
        set(tool.description(), builder::description);
        set(tool.strict(), strict -> builder.more(Map.of("strict", strict)));
        return builder.build();
    }

    private static ToolChoice choice(dev.langchain4j.model.chat.request.ToolChoice choice) {
        return ToolChoice.of(
                switch (choice) {
                    case AUTO -> ToolChoice.Mode.AUTO;
                    case REQUIRED -> ToolChoice.Mode.ANY;
                    case NONE -> ToolChoice.Mode.NONE;
                });
    }

    private static void format(ResponseFormat format, ChatRequest.Builder builder) {
        if (format.type() != ResponseFormatType.JSON) {
            return;
        }
        if (format.jsonSchema() == null) {
            builder.more("response_format", Map.of("type", "json_object"));
            return;
        }
        builder.outputSchema(schema(format.jsonSchema().rootElement()));
    }

    private static Map<String, @Nullable Object> schema(JsonSchemaElement element) {
        if (element instanceof JsonRawSchema raw) {
            return JsonValues.toMap(ToolInput.parse(raw.schema()));
        }
        return new LinkedHashMap<>(JsonSchemaElementUtils.toMap(element));
    }

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
