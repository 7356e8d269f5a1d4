package dev.patchbay.workbench.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.util.function.Supplier;

/** The parts of the schema that others refer to, each written once. */
final class SchemaDefinitions {

    /** A text in which a dollar begins a reference. */
    static final String TEMPLATE = "template";

    /** A text with a reference in it. */
    static final String REFERENCE = "reference";

    /** Any value, references in all of its texts. */
    static final String VALUE = "value";

    /** A secret in one of its forms. */
    static final String SECRET = "secret";

    /** The same without a text. */
    static final String SECRET_FORM = "secretForm";

    private static final String FORMS =
            "a text with references as $NAME, ${NAME}, ${NAME:-default} or ${NAME:?text}; $$ is a dollar";

    private final ObjectNode definitions = Json.object();

    SchemaDefinitions() {
        definitions.set(
                TEMPLATE,
                template(ScalarSchema.anyText())
                        .put(
                                "description",
                                "A text; $NAME and ${NAME:-default} stand for variables, $$ for a dollar."));
        definitions.set(
                REFERENCE,
                ScalarSchema.pattern(ScalarSchema.types("string"), TextPatterns.REFERENCE, FORMS)
                        .put("description", "A text with a variable in it: $NAME, ${NAME}, ${NAME:-default}."));
        ObjectNode value = template(Json.object());
        value.set("items", ScalarSchema.reference(VALUE));
        value.set("additionalProperties", ScalarSchema.reference(VALUE));
        definitions.set(VALUE, value);
    }

    private static ObjectNode template(ObjectNode schema) {
        return ScalarSchema.pattern(schema, TextPatterns.TEMPLATE, FORMS);
    }

    /** A reference to a part, which is written first if it is not there yet. */
    ObjectNode refer(String name, Supplier<ObjectNode> part) {
        if (!definitions.has(name)) {
            // The place is taken first: a part may refer to itself.
            definitions.set(name, Json.object());
            definitions.set(name, part.get());
        }
        return ScalarSchema.reference(name);
    }

    ObjectNode all() {
        return definitions;
    }
}
