package dev.patchbay.codec.chat;

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

/** Writes tools and the choice among them (dialects.md, K1 to K7). */
final class ChatTools {

    private final Quirks quirks;
    private final ToolNames names;
    private final DroppedMembers dropped;
    private final SchemaCleaner cleaner;

    ChatTools(Quirks quirks, ToolNames names, DroppedMembers dropped) {
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

    private ObjectNode tool(Tool tool) {
        ObjectNode node = Json.object().put("type", "function");
        ObjectNode function = node.putObject("function").put("name", names.sent(tool.name()));
        tool.description().filter(text -> !text.isEmpty()).ifPresent(text -> function.put("description", text));
        function.set("parameters", schema(tool));
        if (quirks.strictTools() && tool.more().get("strict") instanceof Boolean strict) {
            function.put("strict", strict);
        }
        return node;
    }

    private ObjectNode schema(Tool tool) {
        ObjectNode schema = cleaner.clean(ToolSchemas.complete(tool.inputSchema()));
        return SchemaRewriter.forHost(schema, quirks.schema());
    }

    private void choice(ToolChoice choice, List<Tool> usable, ObjectNode body) {
        switch (choice.mode()) {
            case AUTO -> {}
            case ANY -> body.put("tool_choice", quirks.requiredToolChoice());
            case NONE -> body.put("tool_choice", "none");
            case TOOL -> named(choice.name().orElse(""), usable, body);
        }
        if (choice.parallelDisabled() && choice.mode() != Mode.NONE && quirks.parallelToolCalls()) {
            body.put("parallel_tool_calls", false);
        }
    }

    private void named(String name, List<Tool> usable, ObjectNode body) {
        if (usable.stream().anyMatch(tool -> tool.name().equals(name))) {
            ObjectNode choice = body.putObject("tool_choice").put("type", "function");
            choice.putObject("function").put("name", names.sent(name));
        }
    }
}
