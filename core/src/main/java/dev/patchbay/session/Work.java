package dev.patchbay.session;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a session is asked to do, apart from which provider does it. Immutable. */
final class Work {

    static final Work NONE = new Work(null, null, List.of(), List.of(), null);

    private final @Nullable String systemPrompt;
    private final @Nullable String appendSystemPrompt;
    private final List<Consumer<ChatRequest.Builder>> parameters;
    private final List<ContentBlock> content;
    private final @Nullable String title;

    private Work(
            @Nullable String systemPrompt,
            @Nullable String appendSystemPrompt,
            List<Consumer<ChatRequest.Builder>> parameters,
            List<ContentBlock> content,
            @Nullable String title) {
        this.systemPrompt = systemPrompt;
        this.appendSystemPrompt = appendSystemPrompt;
        this.parameters = List.copyOf(parameters);
        this.content = List.copyOf(content);
        this.title = title;
    }

    /** These instructions and parameters, changed by what the request names, with the request's own question. */
    Work with(WorkFields<?> fields, String query) {
        List<ContentBlock> asked = new ArrayList<>();
        // Tool results come first in a turn, whatever the order in which the caller built it.
        fields.content.stream()
                .filter(ContentBlock.ToolResult.class::isInstance)
                .forEach(asked::add);
        if (!query.isBlank()) {
            asked.add(new ContentBlock.Text(query));
        }
        fields.content.stream()
                .filter(block -> !(block instanceof ContentBlock.ToolResult))
                .forEach(asked::add);
        List<Consumer<ChatRequest.Builder>> all = new ArrayList<>(parameters);
        all.addAll(fields.parameters);
        return new Work(
                fields.systemPrompt.isPresent() ? fields.systemPrompt.orNull() : systemPrompt,
                fields.appendSystemPrompt.isPresent() ? fields.appendSystemPrompt.orNull() : appendSystemPrompt,
                all,
                asked,
                fields.title);
    }

    /** The blocks of the user's turn. */
    List<ContentBlock> content() {
        return content;
    }

    Optional<String> title() {
        return Optional.ofNullable(title);
    }

    /**
     * The request to send.
     *
     * @param history what was said before, this session's own turn included
     */
    ChatRequest request(String model, List<ChatMessage> history) {
        ChatRequest.Builder request = ChatRequest.builder(model);
        if (systemPrompt != null) {
            request.system(systemPrompt);
        }
        if (appendSystemPrompt != null) {
            request.system(appendSystemPrompt);
        }
        request.messages(history);
        parameters.forEach(change -> change.accept(request));
        return request.build();
    }
}
