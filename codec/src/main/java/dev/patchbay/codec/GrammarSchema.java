package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Schemas that Anthropic compiles into a grammar: of an answer, and of a tool that is strict. A keyword that no grammar knows
 * is a 400 there; it becomes words of the description, as in Anthropic's own SDKs (platform.claude.com, structured outputs;
 * dialects.md, VQ6).
 */
final class GrammarSchema {

    private static final Set<String> UNKNOWN = Set.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "maxItems",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains",
            "minProperties",
            "maxProperties",
            "patternProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "not",
            // Where it did not become an anyOf, since there is one.
            "oneOf",
            "if",
            "then",
            "else");

    private static final Set<String> FORMATS =
            Set.of("date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid");

    /** What of regular expressions is no regular language: looking around, looking back, and the edges of words. */
    private static final Pattern IRREGULAR = Pattern.compile("\\(\\?[=!<]|\\\\[bB1-9]");

    private GrammarSchema() {}

    /**
     * The schema as a grammar knows it.
     *
     * @param schema of the caller's own; may be changed
     */
    static ObjectNode of(ObjectNode schema) {
        SchemaRewriter.visit(schema, GrammarSchema::limit);
        return schema;
    }

    private static void limit(ObjectNode schema) {
        JsonNode branches = schema.get("oneOf");
        if (branches != null && branches.isArray() && !schema.has("anyOf")) {
            schema.remove("oneOf");
            schema.set("anyOf", branches);
        }
        List<String> names = new ArrayList<>();
        schema.fieldNames().forEachRemaining(names::add);
        List<String> limits = new ArrayList<>();
        for (String name : names) {
            if (isUnknown(name, schema.path(name))) {
                JsonNode value = schema.remove(name);
                limits.add(name + ": " + (value.isTextual() ? value.textValue() : Json.text(value)));
            }
        }
        if (!limits.isEmpty()) {
            String said = schema.path("description").asText("");
            schema.put(
                    "description",
                    (said.isEmpty() ? "" : said + " ") + "Must satisfy " + String.join(", ", limits) + ".");
        }
    }

    private static boolean isUnknown(String name, JsonNode value) {
        return switch (name) {
            case "minItems" -> value.asInt(0) > 1;
            case "format" -> value.isTextual() && !FORMATS.contains(value.textValue());
            case "pattern" ->
                value.isTextual() && IRREGULAR.matcher(value.textValue()).find();
            default -> UNKNOWN.contains(name);
        };
    }
}
