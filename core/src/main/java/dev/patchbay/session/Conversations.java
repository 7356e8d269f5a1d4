package dev.patchbay.session;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads conversations back from a store as the messages that a provider is sent. */
final class Conversations {

    private final SessionStore store;

    Conversations(SessionStore store) {
        this.store = store;
    }

    /**
     * What was said in a session and those that it continues, oldest first.
     *
     * <p>Pieces that broke off are left out: they were shown, but are not an answer that can be built on. So is what another
     * provider or model thought: its proofs are of no use elsewhere, and refused there.
     *
     * @param provider the provider that is sent it
     * @param model the model, as it goes on the wire
     * @throws SessionStoreException if the store cannot be read
     */
    List<ChatMessage> history(String sessionId, String provider, String model) {
        List<ChatMessage> messages = new ArrayList<>();
        List<ContentBlock> turn = new ArrayList<>();
        Optional<ChatMessage.Role> role = Optional.empty();
        Map<String, Boolean> own = new HashMap<>();
        for (ConversationEvent event : store.history(sessionId)) {
            boolean isForeign = event.type() == ConversationEvent.Type.THINKING
                    && !own.computeIfAbsent(event.sessionId(), id -> isOf(id, provider, model));
            if (!event.isCompleted() || isForeign) {
                continue;
            }
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

    /**
     * The ids of the tool calls that were made in a session and those that it continues.
     *
     * @throws SessionStoreException if the store cannot be read
     */
    Set<String> calls(String sessionId) {
        Set<String> calls = new LinkedHashSet<>();
        for (ConversationEvent event : store.history(sessionId)) {
            if (event.isCompleted() && event.block() instanceof ContentBlock.ToolUse call) {
                calls.add(call.id());
            }
        }
        return calls;
    }

    private boolean isOf(String sessionId, String provider, String model) {
        return store.find(sessionId)
                .filter(session -> session.provider().filter(provider::equals).isPresent()
                        && session.modelId().filter(model::equals).isPresent())
                .isPresent();
    }
}
