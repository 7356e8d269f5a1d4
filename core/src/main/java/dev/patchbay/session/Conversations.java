package dev.patchbay.session;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads conversations back from a store as the messages that a provider is sent. */
final class Conversations {

    private final SessionStore store;

    Conversations(SessionStore store) {
        this.store = store;
    }

    /**
     * What was said in a session and its parents, oldest first.
     *
     * <p>Pieces that broke off are left out: they were shown, but are not an answer that can be built on.
     */
    List<ChatMessage> history(String sessionId) {
        List<ChatMessage> messages = new ArrayList<>();
        List<ContentBlock> turn = new ArrayList<>();
        Optional<ChatMessage.Role> role = Optional.empty();
        for (ConversationEvent event : events(sessionId)) {
            if (role.isPresent() && role.get() != event.role()) {
                messages.add(new ChatMessage(role.get(), turn));
                turn.clear();
            }
            role = Optional.of(event.role());
            turn.add(event.block());
        }
        role.ifPresent(last -> messages.add(new ChatMessage(last, turn)));
        return messages;
    }

    private List<ConversationEvent> events(String sessionId) {
        List<ConversationEvent> all = new ArrayList<>();
        Optional<String> next = Optional.of(sessionId);
        while (next.isPresent()) {
            String id = next.get();
            all.addAll(
                    0,
                    store.conversation(id).stream()
                            .filter(ConversationEvent::isCompleted)
                            .toList());
            next = store.find(id).flatMap(SessionRecord::parentId);
        }
        return all;
    }
}
