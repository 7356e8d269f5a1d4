package dev.patchbay.session;

import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.PatchbayException;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Names the settings of a request that its provider is not sent (dialects.md, M6): what the gateway says with the header
 * {@code x-patchbay-dropped}; and those that are sent as something else.
 */
final class LeftOutSettings {

    /** What is said has no part in it, and may be large. */
    private static final List<ChatMessage> SAID = List.of(ChatMessage.user("settings"));

    private static final Map<String, @Nullable Object> NO_INPUT = Map.of("type", "object");

    private LeftOutSettings() {}

    /** Sentences for the user; none if everything is sent as it is, or if a plugin writes the request. */
    static List<String> of(Route route, ChatRequest request) {
        DroppedMembers dropped = new DroppedMembers(route.provider());
        try {
            route.wire().ifPresent(dialect -> dialect.encode(settings(request), route.quirks(), dropped));
        } catch (PatchbayException | IllegalArgumentException refused) {
            // The call itself says so.
            return List.of();
        }
        List<String> sentences = new ArrayList<>(dropped.changes());
        if (dropped.leftOut().isEmpty()) {
            return sentences;
        }
        TreeSet<String> names = new TreeSet<>();
        dropped.leftOut().forEach(name -> names.add(name.substring(name.lastIndexOf('.') + 1)));
        sentences.add("left out of the request to " + route.provider() + ": " + String.join(", ", names)
                + "; if it knows them, quirks.reasoning and quirks.extra in its file say how they are sent");
        return sentences;
    }

    /**
     * What the tools of the application do and take has no part in it either: one of them stands for all, with those that ask for more than
     * a tool does.
     */
    private static ChatRequest settings(ChatRequest request) {
        ChatRequest settings = request.withMessages(SAID);
        List<Tool> plain =
                request.tools().stream().filter(LeftOutSettings::isPlain).toList();
        if (plain.isEmpty()) {
            return settings;
        }
        ChatRequest.Builder brief = settings.withoutTools().toBuilder();
        request.tools().stream().filter(tool -> !isPlain(tool)).forEach(brief::tool);
        String name = request.toolChoice()
                .flatMap(ToolChoice::name)
                .filter(chosen -> plain.stream().anyMatch(tool -> tool.name().equals(chosen)))
                .orElseGet(() -> plain.get(0).name());
        request.toolChoice().ifPresent(brief::toolChoice);
        return brief.tool(Tool.builder(name).inputSchema(NO_INPUT).build()).build();
    }

    private static boolean isPlain(Tool tool) {
        return tool.type().isEmpty() && tool.more().isEmpty();
    }
}
