package dev.patchbay.store;

import dev.patchbay.session.ConversationEvent;
import java.util.List;

/**
 * A part of one session's conversation, in order.
 *
 * @param isLast whether nothing was said behind it when it was read
 */
public record ConversationPage(List<ConversationEvent> events, boolean isLast) {

    public ConversationPage {
        events = List.copyOf(events);
    }
}
