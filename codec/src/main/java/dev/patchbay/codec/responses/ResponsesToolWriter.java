package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.SchemaRewriter;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.ToolWriter;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.Tool;

/** Writes tools and the choice among them as Responses has them: flat (dialects.md, K1 to K7 and 1.11). */
final class ResponsesToolWriter extends ToolWriter {

    private final DroppedMembers dropped;

    ResponsesToolWriter(Quirks quirks, ToolNames names, DroppedMembers dropped) {
        super(quirks, names, dropped);
        this.dropped = dropped;
    }

    /** Where {@code strict} is left out, OpenAI makes every optional property required. */
    @Override
    protected ObjectNode tool(Tool tool, String name, ObjectNode schema) {
        ObjectNode node = Json.object().put("type", "function").put("name", name);
        tool.description().filter(text -> !text.isEmpty()).ifPresent(text -> node.put("description", text));
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

    @Override
    protected void choose(ObjectNode choice, String name) {
        choice.put("name", name);
    }
}
