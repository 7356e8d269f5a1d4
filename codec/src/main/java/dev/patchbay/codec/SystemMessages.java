package dev.patchbay.codec;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts system messages where an upstream takes them: one in front (dialects.md, Q2), and those behind the first turn by the
 * quirk {@code midSystem} (Q3).
 */
public final class SystemMessages {

    /** What a system text begins with where it has to be said by the user. */
    public static final String MARK = "[system] ";

    private SystemMessages() {}

    /**
     * The request with all leading system texts in its {@code system}.
     *
     * @param midSystem {@code keep}, {@code user} or {@code merge}
     */
    public static ChatRequest placed(ChatRequest request, String midSystem) {
        List<ChatMessage> messages = request.messages();
        if (messages.stream().noneMatch(message -> message.role() == Role.SYSTEM)) {
            return request;
        }
        int first = 0;
        while (first < messages.size() && messages.get(first).role() == Role.SYSTEM) {
            first++;
        }
        ChatRequest.Builder placed = request.toBuilder();
        messages.subList(0, first).forEach(message -> message.content().forEach(placed::system));
        List<ChatMessage> rest = messages.subList(first, messages.size());
        if (midSystem.equals("merge")) {
            rest.stream()
                    .filter(message -> message.role() == Role.SYSTEM)
                    .forEach(message -> message.content().forEach(placed::system));
            rest = rest.stream()
                    .filter(message -> message.role() != Role.SYSTEM)
                    .toList();
        } else if (midSystem.equals("user")) {
            rest = saidByUser(rest);
        }
        return placed.replaceMessages(rest).build();
    }

    private static List<ChatMessage> saidByUser(List<ChatMessage> messages) {
        List<ChatMessage> said = new ArrayList<>();
        List<ContentBlock> waiting = new ArrayList<>();
        for (ChatMessage message : messages) {
            Optional<ContentBlock> text = message.role() == Role.SYSTEM ? text(message.content()) : Optional.empty();
            int last = said.size() - 1;
            if (text.isPresent() && last >= 0 && said.get(last).role() == Role.USER) {
                said.set(last, with(said.get(last).content(), List.of(text.get())));
            } else if (text.isPresent()) {
                waiting.add(text.get());
            } else if (message.role() == Role.USER) {
                said.add(with(waiting, message.content()));
                waiting.clear();
            } else if (message.role() == Role.ASSISTANT) {
                said(waiting, said);
                said.add(message);
            }
        }
        said(waiting, said);
        return said;
    }

    private static void said(List<ContentBlock> waiting, List<ChatMessage> said) {
        if (!waiting.isEmpty()) {
            said.add(with(waiting, List.of()));
            waiting.clear();
        }
    }

    private static ChatMessage with(List<ContentBlock> first, List<ContentBlock> then) {
        List<ContentBlock> content = new ArrayList<>(first);
        content.addAll(then);
        return new ChatMessage(Role.USER, content);
    }

    private static Optional<ContentBlock> text(List<ContentBlock> blocks) {
        StringBuilder text = new StringBuilder();
        Map<String, @Nullable Object> more = Map.of();
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.Text part && !part.text().isBlank()) {
                text.append(text.isEmpty() ? MARK : "\n\n").append(part.text());
                more = part.more();
            }
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(ContentBlock.text(text.toString(), more));
    }
}
