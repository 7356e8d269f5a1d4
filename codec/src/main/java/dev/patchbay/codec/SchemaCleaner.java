package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Removes JSON Schema keywords that an upstream refuses ({@code schemaStrip}); names of properties and example data are
 * left alone. Immutable.
 */
public final class SchemaCleaner {

    /** Keywords whose value maps names of the author's choice to schemas. */
    static final Set<String> NAMED_SCHEMAS =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");
    /** Keywords whose value is data. */
    static final Set<String> DATA = Set.of("enum", "const", "default", "examples", "example", "required");

    private final List<String> keywords;

    /** A cleaner for keywords, each a name, or name and value as in {@code format: uri}. */
    public SchemaCleaner(List<String> keywords) {
        this.keywords = List.copyOf(keywords);
    }

    /** Cleans a schema in place and returns it. */
    public ObjectNode clean(ObjectNode schema) {
        if (!keywords.isEmpty()) {
            schema(schema);
        }
        return schema;
    }

    private void schema(JsonNode node) {
        if (node.isArray()) {
            node.forEach(this::schema);
        }
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        keywords.forEach(keyword -> remove(schema, keyword));
        List<String> names = new ArrayList<>();
        schema.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (NAMED_SCHEMAS.contains(name)) {
                schema.path(name).forEach(this::schema);
            } else if (!DATA.contains(name)) {
                schema(schema.path(name));
            }
        }
    }

    private static void remove(ObjectNode schema, String keyword) {
        int colon = keyword.indexOf(':');
        if (colon < 0) {
            schema.remove(keyword);
            return;
        }
        String name = keyword.substring(0, colon).strip();
        if (schema.path(name).asText("").equals(keyword.substring(colon + 1).strip())) {
            schema.remove(name);
        }
    }
}
