package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.Tool;
import java.util.Optional;
import java.util.Set;

/** Reads tools in the shape of Anthropic Messages. */
public final class MessagesTools {

    private MessagesTools() {}

    /** A tool of the application, or one that the provider runs. */
    public static Tool read(ObjectNode tool) {
        Optional<String> type =
                Optional.of(tool.path("type").asText("")).filter(text -> !text.isEmpty() && !text.equals("custom"));
        Tool.Builder read = Tool.builder(tool.path("name").asText(""))
                .inputSchema(tool.path("input_schema") instanceof ObjectNode schema ? JsonValues.toMap(schema) : null)
                .more(BlockReader.more(tool, Set.of("name", "type", "description", "input_schema")));
        type.ifPresent(read::type);
        Optional.ofNullable(tool.path("description").textValue()).ifPresent(read::description);
        return read.build();
    }
}
