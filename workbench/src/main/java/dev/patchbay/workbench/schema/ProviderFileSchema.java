package dev.patchbay.workbench.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.schema.FileFields;

/**
 * The JSON Schema (draft 7) of provider files, for editors: made from the table of fields, so that it and the decoder cannot
 * disagree. It knows nothing of a machine: neither its plugins nor its variables.
 */
public final class ProviderFileSchema {

    private ProviderFileSchema() {}

    /** The schema as text. */
    public static String text() {
        ShapeSchema shapes = new ShapeSchema();
        ObjectNode schema = Json.object();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "Patchbay provider file");
        schema.setAll(shapes.record(FileFields.FILE, false));
        schema.set("definitions", shapes.definitions().all());
        return Json.pretty(schema);
    }
}
