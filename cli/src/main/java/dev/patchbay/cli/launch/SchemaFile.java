package dev.patchbay.cli.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonSyntaxException;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.internal.attach.AttachedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON Schema that {@code --schema} names, checked as far as a mistake can be told from what providers differ in. */
final class SchemaFile {

    private static final String OPTION = "--schema ";
    private static final String NO_TEXT = " cannot be read as a text in UTF-8";
    private static final long MOST_BYTES = 1024 * 1024;

    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "object", "array", "boolean", "null");
    /** One of these at least makes an object a schema. */
    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "properties",
            "items",
            "enum",
            "const",
            "anyOf",
            "oneOf",
            "allOf",
            "not",
            "$ref",
            "$schema",
            "$defs");

    private static final Set<String> SCHEMAS_BY_NAME =
            Set.of("properties", "patternProperties", "$defs", "definitions");
    private static final Set<String> SCHEMA_LISTS = Set.of("anyOf", "oneOf", "allOf", "prefixItems");
    private static final Set<String> SCHEMAS = Set.of("items", "additionalProperties", "not", "contains");

    private SchemaFile() {}

    /**
     * Reads a file.
     *
     * @throws UsageException if it cannot be read, or holds no schema; the message says where
     */
    static Map<String, @Nullable Object> read(String name) {
        JsonNode node = parsed(name);
        if (!(node instanceof ObjectNode schema)) {
            throw new UsageException(OPTION + name + " is no JSON Schema: it is no JSON object");
        }
        boolean hasKeyword = false;
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            hasKeyword |= KEYWORDS.contains(member.getKey());
        }
        if (!hasKeyword) {
            throw new UsageException(OPTION + name + " is no JSON Schema: it has none of type, properties, enum, $ref,"
                    + " anyOf, oneOf and allOf");
        }
        check(schema, "", name);
        return JsonValues.toMap(schema);
    }

    private static JsonNode parsed(String name) {
        try {
            Path path = Path.of(name);
            if (!Files.isRegularFile(path)) {
                throw new UsageException(
                        OPTION + name + (Files.exists(path) ? " is no file" : ": there is no such file"));
            }
            if (Files.size(path) > MOST_BYTES) {
                throw new UsageException(OPTION + name + " is larger than 1 MB");
            }
            return Json.parse(AttachedFile.text(Files.readAllBytes(path))
                    .orElseThrow(() -> new UsageException(OPTION + name + NO_TEXT)));
        } catch (JsonSyntaxException notJson) {
            throw new UsageException(OPTION + name + " is no JSON Schema: " + notJson.getMessage());
        } catch (IOException | InvalidPathException unreadable) {
            throw new UsageException(OPTION + name + NO_TEXT);
        }
    }

    private static void check(JsonNode schema, String at, String name) {
        if (schema.isBoolean()) {
            return;
        }
        require(schema.isObject(), at, "must be a schema: an object", name);
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String key = member.getKey();
            JsonNode value = member.getValue();
            String place = at + "/" + key;
            if (key.equals("type")) {
                type(value, place, name);
            } else if (key.equals("required")) {
                require(value.isArray() && texts(value), place, "must be a list of names", name);
            } else if (key.equals("enum")) {
                require(value.isArray() && !value.isEmpty(), place, "must be a list of values", name);
            } else if (SCHEMAS_BY_NAME.contains(key)) {
                require(value.isObject(), place, "must be an object of schemas", name);
                value.properties().forEach(part -> check(part.getValue(), place + "/" + part.getKey(), name));
            } else if (SCHEMA_LISTS.contains(key)) {
                require(value.isArray() && !value.isEmpty(), place, "must be a list of schemas", name);
                value.forEach(part -> check(part, place, name));
            } else if (SCHEMAS.contains(key) && !value.isArray()) {
                check(value, place, name);
            }
        }
    }

    private static void type(JsonNode value, String place, String name) {
        boolean known = value.isArray() ? texts(value) && !value.isEmpty() : value.isTextual();
        if (value.isArray()) {
            for (JsonNode one : value) {
                known &= TYPES.contains(one.asText());
            }
        } else {
            known &= TYPES.contains(value.asText());
        }
        require(known, place, "must be string, number, integer, object, array, boolean or null", name);
    }

    private static boolean texts(JsonNode list) {
        for (JsonNode element : list) {
            if (!element.isTextual()) {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean holds, String at, String rule, String name) {
        if (!holds) {
            throw new UsageException(OPTION + name + " is no JSON Schema: " + (at.isEmpty() ? "it" : at) + " " + rule);
        }
    }
}
