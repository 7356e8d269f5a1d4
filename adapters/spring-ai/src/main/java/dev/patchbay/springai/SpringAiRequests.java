package dev.patchbay.springai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.client.ModelClient;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.internal.adapt.KeptThoughts;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.Tool;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.util.MimeType;

/** Reads Spring AI's prompts. */
final class SpringAiRequests {

    private static final String PDF = "application/pdf";

    private SpringAiRequests() {}

    /** The prompt, with what it leaves open from the model's own options. */
    static Prompt withDefaults(Prompt prompt, PatchbayChatOptions defaults) {
        ChatOptions asked = prompt.getOptions();
        if (asked == null) {
            return new Prompt(prompt.getInstructions(), defaults);
        }
        PatchbayChatOptions.Builder options = defaults.mutate();
        options.combineWith(asked.mutate());
        if (asked instanceof StructuredOutputChatOptions structured && structured.getOutputSchema() != null) {
            options.outputSchema(structured.getOutputSchema());
        }
        return new Prompt(prompt.getInstructions(), options.build());
    }

    /**
     * The request in the internal form.
     *
     * @param client what it is for: what another model thought is of no use there
     */
    static ChatRequest read(Prompt prompt, ChatOptions options, ModelClient client, boolean streamed) {
        ChatRequest.Builder builder = ChatRequest.builder("").stream(streamed);
        messages(prompt.getInstructions(), new KeptThoughts(client), builder);
        options(options, builder);
        return builder.build();
    }

    private static void messages(List<Message> messages, KeptThoughts thoughts, ChatRequest.Builder builder) {
        boolean begun = false;
        for (Message message : messages) {
            if (message instanceof SystemMessage system && !begun) {
                builder.system(String.valueOf(system.getText()));
            } else {
                begun = true;
                builder.message(message(message, thoughts));
            }
        }
    }

    private static ChatMessage message(Message message, KeptThoughts thoughts) {
        if (message instanceof UserMessage user) {
            return new ChatMessage(ChatMessage.Role.USER, blocks(user.getText(), user.getMedia()));
        }
        if (message instanceof SystemMessage system) {
            return new ChatMessage(ChatMessage.Role.SYSTEM, blocks(system.getText(), List.of()));
        }
        if (message instanceof AssistantMessage answer) {
            return new ChatMessage(ChatMessage.Role.ASSISTANT, answer(answer, thoughts));
        }
        if (message instanceof ToolResponseMessage results) {
            return new ChatMessage(
                    ChatMessage.Role.USER,
                    results.getResponses().stream()
                            .map(result -> (ContentBlock) ContentBlock.toolResult(result.id(), result.responseData()))
                            .toList());
        }
        throw new NonTransientAiException("a message of type " + message.getMessageType() + " cannot be sent");
    }

    private static List<ContentBlock> answer(AssistantMessage answer, KeptThoughts thoughts) {
        List<ContentBlock> blocks = new ArrayList<>(thoughts.of(answer.getMetadata()));
        blocks.addAll(blocks(answer.getText(), answer.getMedia()));
        answer.getToolCalls()
                .forEach(call -> blocks.add(ContentBlock.toolUse(
                        call.id(),
                        call.name(),
                        JsonValues.toMap(ToolInput.parse(call.arguments())),
                        thoughts.proof(answer.getMetadata(), call.id()))));
        return blocks;
    }

    private static List<ContentBlock> blocks(@Nullable String text, List<Media> media) {
        List<ContentBlock> blocks = new ArrayList<>();
        if (text != null && !text.isEmpty()) {
            blocks.add(ContentBlock.text(text));
        }
        media.forEach(part -> blocks.add(block(part)));
        return blocks;
    }

    private static ContentBlock block(Media media) {
        MimeType type = media.getMimeType();
        String name = type.getType() + "/" + type.getSubtype();
        if (type.getType().equals("image")) {
            return ContentBlock.image(source(media.getData(), name));
        }
        if (name.equals(PDF)) {
            return ContentBlock.document(source(media.getData(), name));
        }
        if (type.getType().equals("text") && media.getData() instanceof byte[] bytes) {
            return ContentBlock.document(MediaSource.plainText(new String(bytes, UTF_8)));
        }
        throw new NonTransientAiException("media of type " + type + " cannot be sent; images, PDF files and texts can");
    }

    private static MediaSource source(Object data, String type) {
        if (data instanceof byte[] bytes) {
            return MediaSource.base64(type, Base64.getEncoder().encodeToString(bytes));
        }
        String text = data instanceof URI url ? url.toString() : String.valueOf(data);
        int comma = text.indexOf(";base64,");
        if (text.startsWith("data:") && comma > 0) {
            return MediaSource.base64(
                    text.substring("data:".length(), comma), text.substring(comma + ";base64,".length()));
        }
        return text.startsWith("http") ? MediaSource.url(text) : MediaSource.base64(type, text);
    }

    private static void options(ChatOptions asked, ChatRequest.Builder builder) {
        set(asked.getTemperature(), builder::temperature);
        set(asked.getTopP(), builder::topP);
        set(asked.getTopK(), builder::topK);
        set(asked.getMaxTokens(), builder::maxTokens);
        set(asked.getFrequencyPenalty(), value -> builder.more("frequency_penalty", value));
        set(asked.getPresencePenalty(), value -> builder.more("presence_penalty", value));
        set(asked.getStopSequences(), all -> all.forEach(builder::stopSequence));
        if (asked instanceof ToolCallingChatOptions tools) {
            set(
                    tools.getToolCallbacks(),
                    all -> all.forEach(callback -> builder.tool(tool(callback.getToolDefinition()))));
        }
        if (asked instanceof StructuredOutputChatOptions structured) {
            set(
                    structured.getOutputSchema(),
                    schema -> builder.outputSchema(JsonValues.toMap(ToolInput.parse(schema))));
        }
        if (asked instanceof PatchbayChatOptions own) {
            own.thinking().ifPresent(builder::thinking);
            own.effort().ifPresent(builder::effort);
            own.userId().ifPresent(builder::userId);
            own.more().forEach(builder::more);
        }
    }

    private static Tool tool(ToolDefinition tool) {
        return Tool.builder(tool.name())
                .description(tool.description())
                .inputSchema(JsonValues.toMap(ToolInput.parse(tool.inputSchema())))
                .build();
    }

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
