package dev.patchbay.codec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import dev.patchbay.spi.ToolChoice.Mode;
import java.util.List;

/** Writes tools and the choice among them as OpenAI's dialects have them (dialects.md, K1 to K7). */
public abstract class ToolWriter {

    private final Quirks quirks;
    private final ToolNames names;
    private final DroppedMembers dropped;
    private final SchemaCleaner cleaner;

    protected ToolWriter(Quirks quirks, ToolNames names, DroppedMembers dropped) {
        this.quirks = quirks;
        this.names = names;
        this.dropped = dropped;
        this.cleaner = new SchemaCleaner(quirks.schemaStrip());
    }

    /** A tool, its name as it is sent and its schema as this host takes it. */
    protected abstract ObjectNode tool(Tool tool, String name, ObjectNode schema);

    /** Names the tool of a choice. */
    protected abstract void choose(ObjectNode choice, String name);

    /** Adds the tools of a request, and the choice among them, to its body. */
    public final void write(ChatRequest request, ObjectNode body) {
        List<Tool> usable = OfferedTools.of(request, dropped);
        if (usable.isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        usable.forEach(tool -> tools.add(tool(tool, names.sent(tool.name()), schema(tool))));
        request.toolChoice().ifPresent(choice -> choice(choice, usable, body));
    }

    private ObjectNode schema(Tool tool) {
        return SchemaRewriter.forHost(cleaner.clean(ToolSchemas.complete(tool.inputSchema())), quirks.schema());
    }

    private void choice(ToolChoice choice, List<Tool> usable, ObjectNode body) {
        boolean forced = choice.mode() == Mode.ANY || choice.mode() == Mode.TOOL;
        if (forced && thinks(body)) {
            dropped.add("tool_choice");
        } else {
            choose(choice, usable, body);
        }
        if (choice.parallelDisabled() && choice.mode() != Mode.NONE && quirks.parallelToolCalls()) {
            body.put("parallel_tool_calls", false);
        }
    }

    private void choose(ToolChoice choice, List<Tool> usable, ObjectNode body) {
        switch (choice.mode()) {
            case AUTO -> {}
            case ANY -> body.put("tool_choice", quirks.requiredToolChoice());
            case NONE -> body.put("tool_choice", "none");
            case TOOL -> {
                String name = choice.name().orElse("");
                if (usable.stream().anyMatch(tool -> tool.name().equals(name))) {
                    choose(body.putObject("tool_choice").put("type", "function"), names.sent(name));
                }
            }
        }
    }

    /** DeepSeek, Kimi and others refuse to be forced while they think: "Thinking mode does not support this tool_choice". */
    private static boolean thinks(ObjectNode body) {
        return body.path("thinking").path("type").asText("").equals("enabled");
    }
}
