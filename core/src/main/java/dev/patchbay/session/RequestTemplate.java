package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session asks with, apart from the conversation and the model: instructions, tools, parameters. A store keeps it with
 * the session, since what continues the session inherits it. Immutable.
 */
public final class RequestTemplate {

    /** No instructions, no tools, and every parameter as the provider has it. */
    public static final RequestTemplate EMPTY =
            new RequestTemplate(null, null, ChatRequest.builder("").build());

    private final @Nullable String systemPrompt;
    private final @Nullable String appendSystemPrompt;
    private final ChatRequest parameters;

    private RequestTemplate(
            @Nullable String systemPrompt, @Nullable String appendSystemPrompt, ChatRequest parameters) {
        this.systemPrompt = systemPrompt;
        this.appendSystemPrompt = appendSystemPrompt;
        this.parameters = parameters;
    }

    /**
     * A template of parameters, without instructions.
     *
     * @param parameters its model, system and messages do not count; nor does its tool choice, which is of one call
     */
    public static RequestTemplate of(ChatRequest parameters) {
        return new RequestTemplate(
                null, null, copy(parameters, Set.of(Inherited.values())).build());
    }

    /** What a request may name anew as a whole. */
    enum Inherited {
        TOOLS,
        STOP_SEQUENCES,
        OUTPUT_SCHEMA
    }

    /** These parameters, to be changed: of lists and schema only what is inherited. */
    ChatRequest.Builder parameters(Set<Inherited> inherited) {
        return copy(parameters, inherited);
    }

    /** The same with other parameters. */
    RequestTemplate withParameters(ChatRequest.Builder changed) {
        return new RequestTemplate(systemPrompt, appendSystemPrompt, changed.build());
    }

    private static ChatRequest.Builder copy(ChatRequest from, Set<Inherited> inherited) {
        ChatRequest.Builder copy = ChatRequest.builder("").stream(from.stream());
        if (inherited.contains(Inherited.TOOLS)) {
            from.tools().forEach(copy::tool);
        }
        if (inherited.contains(Inherited.STOP_SEQUENCES)) {
            from.stopSequences().forEach(copy::stopSequence);
        }
        if (inherited.contains(Inherited.OUTPUT_SCHEMA)) {
            from.outputSchema().ifPresent(copy::outputSchema);
        }
        from.maxTokens().ifPresent(copy::maxTokens);
        from.temperature().ifPresent(copy::temperature);
        from.topP().ifPresent(copy::topP);
        from.topK().ifPresent(copy::topK);
        from.thinking().ifPresent(copy::thinking);
        from.effort().ifPresent(copy::effort);
        from.userId().ifPresent(copy::userId);
        from.more().forEach(copy::more);
        return copy;
    }

    /** The same with other instructions; null: none. */
    public RequestTemplate withInstructions(@Nullable String before, @Nullable String after) {
        return new RequestTemplate(before, after, parameters);
    }

    /** Instructions before the conversation. */
    public Optional<String> systemPrompt() {
        return Optional.ofNullable(systemPrompt);
    }

    /** Instructions after {@link #systemPrompt}. */
    public Optional<String> appendSystemPrompt() {
        return Optional.ofNullable(appendSystemPrompt);
    }

    /** Tools and parameters, as a request without model, instructions and messages. */
    public ChatRequest parameters() {
        return parameters;
    }

    /**
     * The request to send.
     *
     * @param model as it goes on the wire
     * @param messages the conversation, oldest first
     * @param choice of this call
     */
    ChatRequest request(String model, List<ChatMessage> messages, @Nullable ToolChoice choice) {
        ChatRequest.Builder request = parameters.toBuilder().model(requireNonNull(model, "model is null"));
        systemPrompt().ifPresent(request::system);
        appendSystemPrompt().ifPresent(request::system);
        request.messages(messages);
        if (choice != null) {
            request.toolChoice(choice);
        }
        return request.build();
    }
}
