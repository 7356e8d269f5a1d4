package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.OfferedTools;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.SchemaCleaner;
import dev.patchbay.codec.SchemaRewriter;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.ToolSchemas;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import dev.patchbay.spi.ToolChoice.Mode;
import java.util.List;

/** Writes tools and the choice among them as Responses has them: flat (dialects.md, K1 to K7 and 1.11). */
final class ResponsesToolWriter {

    private final Quirks quirks;
    private final ToolNames names;
    private final DroppedMembers dropped;
    private final SchemaCleaner cleaner;

    ResponsesToolWriter(Quirks quirks, ToolNames names, DroppedMembers dropped) {
        this.quirks = quirks;
        this.names = names;
        this.dropped = dropped;
        this.cleaner = new SchemaCleaner(quirks.schemaStrip());
    }

    void write(ChatRequest request, ObjectNode body) {
        List<Tool> usable = OfferedTools.of(request, dropped);
        if (usable.isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        usable.forEach(tool -> tools.add(tool(tool)));
        request.toolChoice().ifPresent(choice -> choice(choice, usable, body));
    }

    /** Where {@code strict} is left out, OpenAI makes every optional property required. */
    private ObjectNode tool(Tool tool) {
        ObjectNode node = Json.object().put("type", "function").put("name", names.sent(tool.name()));
        tool.description().filter(text -> !text.isEmpty()).ifPresent(text -> node.put("description", text));
        ObjectNode schema =
                SchemaRewriter.forHost(cleaner.clean(ToolSchemas.complete(tool.inputSchema())), quirks.schema());
        node.set("parameters", schema);
        return node.put("strict", strict(tool, schema));
    }

    /** A schema that is not fit for it would be a 400. */
    private boolean strict(Tool tool, ObjectNode schema) {
        boolean asked = Boolean.TRUE.equals(tool.more().get("strict"));
        boolean fit = SchemaRewriter.isStrict(schema);
        if (asked && !fit) {
            dropped.add("tools." + tool.name() + ".strict");
        }
        return asked && fit;
    }

    private void choice(ToolChoice choice, List<Tool> usable, ObjectNode body) {
        switch (choice.mode()) {
            case AUTO -> {}
            case ANY -> body.put("tool_choice", quirks.requiredToolChoice());
            case NONE -> body.put("tool_choice", "none");
            case TOOL -> {
                String name = choice.name().orElse("");
                if (usable.stream().anyMatch(tool -> tool.name().equals(name))) {
                    body.putObject("tool_choice").put("type", "function").put("name", names.sent(name));
                }
            }
        }
        if (choice.parallelDisabled() && choice.mode() != Mode.NONE && quirks.parallelToolCalls()) {
            body.put("parallel_tool_calls", false);
        }
    }
}
