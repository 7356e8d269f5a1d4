package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.ToolWriter;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.Tool;

/** Writes tools and the choice among them as chat has them (dialects.md, K1 to K7). */
final class ChatTools extends ToolWriter {

    private final Quirks quirks;
    private final DroppedMembers dropped;

    ChatTools(Quirks quirks, ToolNames names, DroppedMembers dropped) {
        super(quirks, names, dropped);
        this.dropped = dropped;
        this.quirks = quirks;
    }

    @Override
    protected ObjectNode tool(Tool tool, String name, ObjectNode schema) {
        ObjectNode node = Json.object().put("type", "function");
        ObjectNode function = node.putObject("function").put("name", name);
        tool.description().filter(text -> !text.isEmpty()).ifPresent(text -> function.put("description", text));
        function.set("parameters", schema);
        if (tool.more().get("strict") instanceof Boolean strict) {
            if (quirks.strictTools()) {
                function.put("strict", strict);
            } else if (strict) {
                dropped.add("tools.strict");
            }
        }
        return node;
    }

    @Override
    protected void choose(ObjectNode choice, String name) {
        choice.putObject("function").put("name", name);
    }
}
