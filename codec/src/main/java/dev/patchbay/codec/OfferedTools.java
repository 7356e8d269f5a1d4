package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import dev.patchbay.spi.ToolChoice.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which tools of a request another vendor's upstream can be offered (dialects.md, K3 and K4). */
public final class OfferedTools {

    /** Members of a tool that mean nothing to a model, or are carried out here (K2). */
    private static final Set<String> HARMLESS =
            Set.of("type", "cache_control", "defer_loading", "eager_input_streaming", "strict");

    private static final String CALLERS = "allowed_callers";

    private OfferedTools() {}

    /**
     * The tools of the application. Those that run at their vendor have no schema, and nobody else can run them.
     *
     * @param dropped takes the names of the others
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST if none is left and one of the others is forced:
     *     the model would answer from its head, and that would be shown as what the tool found
     */
    public static List<Tool> of(ChatRequest request, DroppedMembers dropped) {
        List<Tool> usable = new ArrayList<>();
        for (Tool tool : once(request.tools())) {
            if (tool.type().isEmpty() && !tool.name().isEmpty()) {
                usable.add(tool);
                tool.more().forEach((name, value) -> noteUnread(name, JsonValues.toNode(value), HARMLESS, dropped));
            } else {
                noteDropped(tool, dropped);
            }
        }
        if (usable.isEmpty()) {
            request.toolChoice()
                    .filter(choice -> choice.mode() == Mode.TOOL)
                    .flatMap(ToolChoice::name)
                    .ifPresent(name -> refuse(name, request, dropped));
        }
        request.toolChoice()
                .flatMap(ToolChoice::name)
                .filter(name -> usable.stream().noneMatch(tool -> tool.name().equals(name)))
                .ifPresent(name -> dropped.add("tool_choice"));
        return usable;
    }

    /**
     * Takes note of what a declaration says and nobody reads.
     *
     * @param read the members that are read, or change nothing
     */
    public static void noteUnread(JsonNode declared, Set<String> read, DroppedMembers dropped) {
        declared.properties().forEach(member -> noteUnread(member.getKey(), member.getValue(), read, dropped));
    }

    private static void noteUnread(String name, JsonNode value, Set<String> read, DroppedMembers dropped) {
        boolean silent = value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isBoolean() && !value.booleanValue())
                || (name.equals(CALLERS) && onlyDirect(value));
        if (!silent && !read.contains(name)) {
            dropped.add("tools." + name);
        }
    }

    /** Whether a tool is called by the model alone, as everywhere else, and by no program of its. */
    private static boolean onlyDirect(JsonNode callers) {
        return callers.size() == 1 && callers.path(0).asText("").equals("direct");
    }

    /** The tools, each name once: Anthropic and Gemini refuse a tool that is declared twice. Those without a name stay. */
    public static List<Tool> once(List<Tool> tools) {
        Set<String> names = new HashSet<>();
        return tools.stream()
                .filter(tool -> tool.name().isEmpty() || names.add(tool.name()))
                .toList();
    }

    private static void noteDropped(Tool tool, DroppedMembers dropped) {
        String type = tool.type().orElse("");
        String name = tool.name().isEmpty() ? type : tool.name();
        dropped.add(
                "tools." + name,
                "tool '" + name + "' (" + type + ") runs at its vendor and cannot be offered by provider '"
                        + dropped.provider() + "'; it is left out");
    }

    private static void refuse(String name, ChatRequest request, DroppedMembers dropped) {
        if (request.tools().stream().anyMatch(tool -> tool.name().equals(name))) {
            throw Bodies.invalid("tool_choice: the tool '" + name + "' runs at its vendor and provider '"
                    + dropped.provider() + "' cannot offer it");
        }
    }
}
