package dev.patchbay.workbench.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.schema.ScalarType;
import dev.patchbay.internal.config.schema.Shape;

/**
 * The schema of a single value. The decoder looks at the text and not at its type, so whatever an editor may take an unquoted
 * text for is accepted: keywords for numbers say nothing of texts, and a pattern nothing of numbers.
 */
final class ScalarSchema {

    private ScalarSchema() {}

    /**
     * The schema.
     *
     * @param substituted whether a reference may stand in its place
     */
    static ObjectNode of(Shape.Scalar shape, boolean substituted) {
        if (!shape.allowed().isEmpty()) {
            return choice(shape);
        }
        if (shape.type() == ScalarType.TEXT) {
            return substituted ? reference(SchemaDefinitions.TEMPLATE) : anyText();
        }
        ObjectNode plain = plain(shape.type(), substituted);
        if (!substituted) {
            return plain;
        }
        ObjectNode either = Json.object();
        either.putArray("anyOf").add(plain).add(reference(SchemaDefinitions.REFERENCE));
        return either;
    }

    /** Any single value but null. */
    static ObjectNode anyText() {
        return types("string", "number", "boolean");
    }

    static ObjectNode types(String... names) {
        ObjectNode schema = Json.object();
        if (names.length == 1) {
            return schema.put("type", names[0]);
        }
        ArrayNode types = schema.putArray("type");
        for (String name : names) {
            types.add(name);
        }
        return schema;
    }

    static ObjectNode reference(String definition) {
        return Json.object().put("$ref", "#/definitions/" + definition);
    }

    private static ObjectNode plain(ScalarType type, boolean substituted) {
        return switch (type) {
            case TEXT -> anyText();
            case BOOLEAN -> pattern(types("boolean", "string"), TextPatterns.BOOLEAN, "true or false");
            case COUNT -> whole(0, TextPatterns.COUNT);
            case POSITIVE -> whole(1, TextPatterns.POSITIVE);
            case DECIMAL ->
                pattern(types("number", "string").put("minimum", 0), TextPatterns.DECIMAL, "a number such as 0.59");
            case TIMEOUT -> text(TextPatterns.TIMEOUT, "a duration: 500ms, 30s, 5m, 1h, or off");
            case DURATION -> text(TextPatterns.DURATION, "a duration: 500ms, 30s, 5m or 1h");
            case BASE_URL, URL -> text(TextPatterns.URL, "a URL such as https://api.example.com/v1");
            case PROXY -> text(TextPatterns.PROXY, "inherit, none or the URL of a proxy");
            case ENDPOINT -> text(TextPatterns.ENDPOINT, "a path that begins with /, or a URL");
            case ENDPOINT_URL -> text(TextPatterns.ENDPOINT_URL, "a URL such as https://api.example.com/v1/messages");
            case RETRY_CAUSE ->
                pattern(
                        types("integer", "string").put("minimum", 400).put("maximum", 599),
                        TextPatterns.RETRY_CAUSE,
                        "a status from 400 to 599, or network");
            case HEADER_NAME -> pattern(anyText(), TextPatterns.headerName(substituted), "the name of a header");
            case HEADER_VALUE -> pattern(anyText(), TextPatterns.headerValue(substituted), "printable ASCII");
            case BODY_PATH -> pattern(anyText(), TextPatterns.path(substituted), "a dotted path, such as a.b");
        };
    }

    private static ObjectNode text(String pattern, String words) {
        return pattern(types("string"), pattern, words);
    }

    /** Any single value that shows. */
    static ObjectNode notBlank(ObjectNode schema) {
        return pattern(schema, TextPatterns.NOT_BLANK, "more than white space");
    }

    /** A pattern with what editors say in its place; validators do not know the second keyword and leave it out. */
    static ObjectNode pattern(ObjectNode schema, String pattern, String words) {
        return schema.put("pattern", pattern).put("patternErrorMessage", "must be " + words);
    }

    private static ObjectNode whole(int least, String pattern) {
        ObjectNode number = types("integer", "string").put("minimum", least).put("maximum", Integer.MAX_VALUE);
        return pattern(number, pattern, "a whole number, " + least + " or more");
    }

    /** Words that an editor takes for something else are given in both forms. */
    private static ObjectNode choice(Shape.Scalar shape) {
        ObjectNode schema = Json.object();
        ArrayNode values = schema.putArray("enum");
        for (String word : shape.allowed()) {
            values.add(word);
            if (!EditorValues.plain(word).isTextual()) {
                values.add(EditorValues.plain(word));
            }
        }
        return schema;
    }
}
