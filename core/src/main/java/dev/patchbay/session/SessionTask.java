package dev.patchbay.session;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ToolChoice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session is asked to do, apart from which provider does it. Immutable.
 *
 * @param template what a continuation inherits
 * @param earlier messages before the question that no session asked
 * @param content the blocks of the question
 * @param toolChoice of this call alone
 * @param trace headers that say of which trace the calls are a part
 */
record SessionTask(
        RequestTemplate template,
        List<ChatMessage> earlier,
        List<ContentBlock> content,
        @Nullable ToolChoice toolChoice,
        Optional<String> title,
        Optional<String> workingDir,
        Map<String, String> trace) {

    /** A template, changed by what a request names, with the request's own question. */
    static SessionTask of(
            RequestTemplate inherited, SessionTaskFields<?> fields, String query, List<ChatMessage> earlier) {
        return new SessionTask(
                template(inherited, fields),
                List.copyOf(earlier),
                asked(fields, query),
                fields.toolChoice,
                Optional.ofNullable(fields.title),
                Optional.ofNullable(fields.workingDir),
                Map.copyOf(fields.trace));
    }

    /**
     * The request to send.
     *
     * @param history what was said before, this session's own turn included
     */
    ChatRequest request(String model, List<ChatMessage> history) {
        return template.request(model, history, toolChoice);
    }

    private static RequestTemplate template(RequestTemplate inherited, SessionTaskFields<?> fields) {
        Set<RequestTemplate.Inherited> kept = EnumSet.allOf(RequestTemplate.Inherited.class);
        kept.removeAll(fields.replaced);
        ChatRequest.Builder parameters = inherited.parameters(kept);
        fields.parameters.forEach(change -> change.accept(parameters));
        return inherited
                .withParameters(parameters)
                .withInstructions(
                        fields.systemPrompt.isPresent()
                                ? fields.systemPrompt.orNull()
                                : inherited.systemPrompt().orElse(null),
                        fields.appendSystemPrompt.isPresent()
                                ? fields.appendSystemPrompt.orNull()
                                : inherited.appendSystemPrompt().orElse(null));
    }

    private static List<ContentBlock> asked(SessionTaskFields<?> fields, String query) {
        List<ContentBlock> asked = new ArrayList<>();
        // Tool results come first in a turn, whatever the order in which the caller built it.
        fields.content.stream()
                .filter(ContentBlock.ToolResult.class::isInstance)
                .forEach(asked::add);
        if (!query.isBlank()) {
            asked.add(ContentBlock.text(query));
        }
        fields.content.stream()
                .filter(block -> !(block instanceof ContentBlock.ToolResult))
                .forEach(asked::add);
        return List.copyOf(asked);
    }
}
