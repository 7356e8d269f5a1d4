package dev.patchbay.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.json.Json;
import dev.patchbay.json.JsonValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schemas of tool inputs. */
public final class ToolSchemas {

    private ToolSchemas() {}

    /** A copy of the schema, which says at its top that it is an object and has properties (dialects.md, K1). */
    public static ObjectNode complete(@Nullable Map<String, @Nullable Object> schema) {
        ObjectNode complete = schema == null ? Json.object() : JsonValues.toObject(schema);
        if (!complete.hasNonNull("type")) {
            complete.put("type", "object");
        }
        if (!complete.hasNonNull("properties")) {
            complete.putObject("properties");
        }
        return complete;
    }
}
