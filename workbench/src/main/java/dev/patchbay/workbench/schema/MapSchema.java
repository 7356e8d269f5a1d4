package dev.patchbay.workbench.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.schema.ProviderIds;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.provider.Operation;

/** The schema of a mapping with keys of the user's own. */
final class MapSchema {

    private MapSchema() {}

    /**
     * The schema.
     *
     * @param value the schema of a value
     */
    static ObjectNode of(Shape.MapOf shape, ObjectNode value) {
        ObjectNode schema = ScalarSchema.types("object");
        ObjectNode entry = orNull(value);
        switch (shape.keys()) {
            case ANY -> schema.set("additionalProperties", entry);
            case ID -> {
                keys(schema, TextPatterns.ID, ProviderIds.RULE);
                schema.set("additionalProperties", entry);
            }
            case HEADER -> {
                keys(schema, TextPatterns.headerName(false), "the name of a header");
                credentials(schema, TextPatterns.CREDENTIAL_HEADER, entry);
            }
            case QUERY -> credentials(schema, TextPatterns.CREDENTIAL_PARAMETER, entry);
            case OPERATION -> operations(schema, entry);
            case BODY_PATH -> {
                keys(schema, TextPatterns.path(false), "a dotted path, such as a.b");
                schema.set("additionalProperties", entry);
            }
        }
        return schema;
    }

    /** With {@code null}, which removes what is inherited, or is a value itself. */
    static ObjectNode orNull(ObjectNode value) {
        ObjectNode schema = Json.object();
        schema.putArray("anyOf").add(value).add(ScalarSchema.types("null"));
        return schema;
    }

    static void keys(ObjectNode schema, String pattern, String words) {
        ScalarSchema.pattern(schema.putObject("propertyNames"), pattern, words);
    }

    /** A value that is a credential by its key is not empty. */
    private static void credentials(ObjectNode schema, String pattern, ObjectNode entry) {
        ObjectNode credential = schema.putObject("patternProperties").putObject(pattern);
        credential.putArray("allOf").add(entry).add(ScalarSchema.notBlank(Json.object()));
        schema.set("additionalProperties", entry);
    }

    private static void operations(ObjectNode schema, ObjectNode entry) {
        ObjectNode properties = schema.putObject("properties");
        for (Operation operation : Operation.values()) {
            properties.set(operation.key(), entry);
        }
        schema.put("additionalProperties", false);
    }
}
