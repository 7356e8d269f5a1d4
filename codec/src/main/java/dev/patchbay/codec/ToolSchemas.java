package dev.patchbay.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schemas of tool inputs. */
public final class ToolSchemas {

    private ToolSchemas() {}

    /** A copy as {@link #complete} makes it, without what Anthropic refuses at its top. */
    public static ObjectNode forMessages(@Nullable Map<String, @Nullable Object> schema) {
        ObjectNode one =
                SchemaRewriter.withoutTopCombination(schema == null ? Json.object() : JsonValues.toObject(schema));
        // An input is an object, whatever else a schema allows.
        return complete(one.path("type").isTextual() ? one : one.put("type", "object"));
    }

    /** A copy for a tool that is strict: Anthropic compiles it into a grammar (dialects.md, VQ4). */
    public static ObjectNode forStrictMessages(@Nullable Map<String, @Nullable Object> schema) {
        return GrammarSchema.of(forMessages(schema));
    }

    /** A copy of the schema, which says at its top that it is an object and has properties (dialects.md, K1). */
    public static ObjectNode complete(@Nullable Map<String, @Nullable Object> schema) {
        return complete(schema == null ? Json.object() : JsonValues.toObject(schema));
    }

    private static ObjectNode complete(ObjectNode complete) {
        if (!complete.hasNonNull("type")) {
            complete.put("type", "object");
        }
        if (!complete.hasNonNull("properties")) {
            complete.putObject("properties");
        }
        return complete;
    }
}
