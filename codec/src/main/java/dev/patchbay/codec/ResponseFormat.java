package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatRequest;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code response_format} of OpenAI chat, of which the internal form knows the schema only.
 *
 * <p>What else it says (a name, strictness, or just “any JSON object”) travels in {@link ChatRequest#more} under the same
 * name, put there by the readers of OpenAI dialects alone.
 */
public final class ResponseFormat {

    /** The member, here and in {@link ChatRequest#more}. */
    public static final String MEMBER = "response_format";

    private ResponseFormat() {}

    /** Keeps a format of OpenAI chat in a request. */
    public static void read(JsonNode format, ChatRequest.Builder request) {
        String type = format.path("type").asText("");
        if (type.equals("json_schema") && format.path("json_schema").path("schema") instanceof ObjectNode schema) {
            request.outputSchema(JsonValues.toMap(schema));
        }
        if ((type.equals("json_schema") || type.equals("json_object")) && format instanceof ObjectNode object) {
            request.more(MEMBER, JsonValues.toMap(object));
        }
    }

    /** Whether a format of OpenAI chat asks for something that is not understood: a grammar, or a schema that is not there. */
    public static boolean isUnknown(JsonNode format) {
        return switch (format.path("type").asText("")) {
            case "", "text", "json_object" -> false;
            case "json_schema" -> !format.path("json_schema").path("schema").isObject();
            default -> true;
        };
    }

    /** Whether the answer is to be a JSON object of no particular schema. */
    public static boolean isJsonObject(ChatRequest request) {
        return request.more().get(MEMBER) instanceof Map<?, ?> format && "json_object".equals(format.get("type"));
    }

    /** Whether the client wants the schema to be kept to as it is written. */
    public static boolean isStrict(ChatRequest request) {
        return request.more().get(MEMBER) instanceof Map<?, ?> format
                && format.get("json_schema") instanceof Map<?, ?> named
                && Boolean.TRUE.equals(named.get("strict"));
    }

    /** A copy of the schema of an answer as Anthropic takes it (VQ6). */
    public static Optional<ObjectNode> messages(ChatRequest request) {
        return request.outputSchema()
                .map(JsonValues::toObject)
                .map(schema -> GrammarSchema.of(isStrict(request) ? schema : SchemaRewriter.closed(schema)));
    }

    /** The member for OpenAI chat (dialects.md, M8). */
    public static Optional<JsonNode> chat(ChatRequest request) {
        Object kept = request.more().get(MEMBER);
        if (kept != null) {
            return Optional.of(JsonValues.toNode(kept));
        }
        return request.outputSchema().map(schema -> {
            ObjectNode format = Json.object().put("type", "json_schema");
            ObjectNode named = format.putObject("json_schema").put("name", "response");
            ObjectNode copy = JsonValues.toObject(schema);
            named.set("schema", copy);
            if (SchemaRewriter.isStrict(copy)) {
                named.put("strict", true);
            }
            return format;
        });
    }
}
