package dev.patchbay.session;

import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.PatchbayException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Names the settings of a request that its provider is not sent (dialects.md, M6): what the gateway says with the header
 * {@code x-patchbay-dropped}.
 */
final class LeftOutSettings {

    /** What is said has no part in it, and may be large. */
    private static final List<ChatMessage> SAID = List.of(ChatMessage.user("settings"));

    private LeftOutSettings() {}

    /** One sentence for the user; empty if everything is sent, or if a plugin writes the request. */
    static Optional<String> of(Route route, ChatRequest request) {
        DroppedMembers dropped = new DroppedMembers(route.provider());
        try {
            route.wire().ifPresent(dialect -> dialect.encode(request.withMessages(SAID), route.quirks(), dropped));
        } catch (PatchbayException | IllegalArgumentException refused) {
            // The call itself says so.
            return Optional.empty();
        }
        if (dropped.names().isEmpty()) {
            return Optional.empty();
        }
        TreeSet<String> names = new TreeSet<>();
        dropped.names().forEach(name -> names.add(name.substring(name.lastIndexOf('.') + 1)));
        return Optional.of("left out of the request to " + route.provider() + ": " + String.join(", ", names)
                + "; if it knows them, quirks.reasoning and quirks.extra in its file say how they are sent");
    }
}
