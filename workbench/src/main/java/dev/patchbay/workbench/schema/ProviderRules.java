package dev.patchbay.workbench.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.schema.Vocabulary;
import java.util.TreeSet;

/** What fields of a definition demand of each other. */
final class ProviderRules {

    private ProviderRules() {}

    static void addTo(ObjectNode schema) {
        baseUrl(schema);
        oneKey(schema);
    }

    /** Core's dialects need a base URL, unless it is inherited; whether a plugin's does is for the plugin to say. */
    private static void baseUrl(ObjectNode schema) {
        ObjectNode foreignDialect = required("dialect");
        ArrayNode own = foreignDialect
                .putObject("properties")
                .putObject("dialect")
                .putObject("not")
                .putArray("enum");
        new TreeSet<>(Vocabulary.CORE_DIALECTS).forEach(own::add);
        schema.putObject("if")
                .putObject("not")
                .putArray("anyOf")
                .add(required("extends"))
                .add(foreignDialect);
        schema.set("then", required("baseUrl"));
    }

    /** A key is given once (provider-files.md, section 2, {@code apiKey}). */
    private static void oneKey(ObjectNode schema) {
        ObjectNode auth = schema.putObject("dependencies")
                .putObject("apiKey")
                .putObject("properties")
                .putObject("auth");
        ObjectNode none = Json.object();
        none.putArray("enum").add("none");
        auth.putObject("not").putArray("anyOf").add(none).add(required("key").put("type", "object"));
    }

    private static ObjectNode required(String field) {
        ObjectNode schema = Json.object();
        schema.putArray("required").add(field);
        return schema;
    }
}
