package dev.patchbay.workbench.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.schema.SecretFormName;
import java.util.TreeSet;

/** The forms of a secret (provider-files.md, section 2). Those of plugins are any other single key. */
final class SecretSchema {

    private SecretSchema() {}

    /**
     * All forms.
     *
     * @param command the schema of that one
     * @param mapping whether only those that are a mapping
     */
    static ObjectNode of(ObjectNode command, boolean mapping) {
        ObjectNode schema = Json.object()
                .put("description", "$NAME, {env: NAME}, {file: PATH}, {command: [argv…]}, or the form of a plugin.");
        ObjectNode text = Json.object();
        text.putArray("allOf")
                .add(ScalarSchema.reference(SchemaDefinitions.TEMPLATE))
                .add(ScalarSchema.notBlank(Json.object()));
        ArrayNode forms = schema.putArray("anyOf");
        if (!mapping) {
            forms.add(text);
        }
        for (String form : SecretFormName.WITH_TEXT) {
            forms.add(single(form, form.equals(SecretFormName.ENV) ? name() : text()));
        }
        forms.add(withProgram(command)).add(plugin());
        return schema;
    }

    /** The first argument is the program, and not blank. */
    private static ObjectNode withProgram(ObjectNode command) {
        ObjectNode program = Json.object();
        program.putObject("properties")
                .putObject(SecretFormName.COMMAND)
                .putArray("items")
                .add(ScalarSchema.notBlank(Json.object()));
        ObjectNode schema = Json.object();
        schema.putArray("allOf").add(command).add(program);
        return schema;
    }

    private static ObjectNode single(String form, ObjectNode value) {
        ObjectNode schema = ScalarSchema.types("object");
        schema.putObject("properties").set(form, value);
        schema.putArray("required").add(form);
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode plugin() {
        ObjectNode schema = ScalarSchema.types("object").put("minProperties", 1).put("maxProperties", 1);
        ArrayNode own = schema.putObject("propertyNames").putObject("not").putArray("enum");
        new TreeSet<>(SecretFormName.CORE).forEach(own::add);
        schema.set("additionalProperties", notBlank());
        return schema;
    }

    /** A variable may be called {@code true}. */
    private static ObjectNode name() {
        return ScalarSchema.pattern(
                ScalarSchema.types("string", "boolean"), TextPatterns.VARIABLE, "the name of a variable, without $");
    }

    private static ObjectNode text() {
        return notBlank().put("pattern", "^(?=[\\s\\S]*\\S)[^\\u0000]*$");
    }

    private static ObjectNode notBlank() {
        return ScalarSchema.notBlank(ScalarSchema.anyText());
    }
}
