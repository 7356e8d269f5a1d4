package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Rewrites JSON Schemas for hosts that refuse common forms of them (quirk {@code schema}). Stateless. */
public final class SchemaRewriter {

    /** What the Schema object of Gemini's API has (ai.google.dev, api/caching#Schema). */
    private static final Set<String> GEMINI = Set.of(
            "type",
            "format",
            "title",
            "description",
            "nullable",
            "enum",
            "maxItems",
            "minItems",
            "properties",
            "required",
            "minProperties",
            "maxProperties",
            "minLength",
            "maxLength",
            "pattern",
            "example",
            "anyOf",
            "propertyOrdering",
            "default",
            "items",
            "minimum",
            "maximum");

    private static final Set<String> GEMINI_FORMATS = Set.of("enum", "date-time", "int32", "int64", "float", "double");
    private static final List<String> COMBINATORS = List.of("anyOf", "oneOf", "allOf");
    private static final int DEEPEST = 32;

    private SchemaRewriter() {}

    /**
     * The schema as a host takes it.
     *
     * @param schema of the caller's own; may be changed
     * @param host {@code plain}, {@code gemini} or {@code moonshot}
     */
    public static ObjectNode forHost(ObjectNode schema, String host) {
        return switch (host) {
            case "gemini" -> gemini(schema, schema, 0);
            case "moonshot" -> moonshot(schema);
            default -> schema;
        };
    }

    /**
     * The schema without a combination at its top, which Anthropic refuses: its branches become one object, and its words a part
     * of the description.
     *
     * @param schema of the caller's own; may be changed
     */
    static ObjectNode withoutTopCombination(ObjectNode schema) {
        for (String combinator : COMBINATORS) {
            JsonNode branches = schema.remove(combinator);
            if (branches != null && branches.isArray()) {
                join(schema, combinator, branches);
            }
        }
        return schema;
    }

    private static void join(ObjectNode schema, String combinator, JsonNode branches) {
        String said = schema.path("description").asText("");
        schema.put(
                "description",
                (said.isEmpty() ? "" : said + " ") + "Must satisfy " + combinator + ": " + Json.text(branches));
        schema.put("type", "object");
        ObjectNode properties =
                schema.path("properties") instanceof ObjectNode given ? given : schema.putObject("properties");
        Set<String> required = null;
        for (JsonNode branch : branches) {
            branch.path("properties").properties().forEach(member -> {
                if (!properties.has(member.getKey())) {
                    properties.set(member.getKey(), member.getValue().deepCopy());
                }
            });
            Set<String> names = texts(branch.path("required"));
            if (required == null) {
                required = names;
            } else if (combinator.equals("allOf")) {
                required.addAll(names);
            } else {
                required.retainAll(names);
            }
        }
        Set<String> all = texts(schema.path("required"));
        all.addAll(required == null ? Set.of() : required);
        if (!all.isEmpty()) {
            ArrayNode array = schema.putArray("required");
            all.forEach(array::add);
        }
    }

    /** Every object closed: Anthropic refuses a schema for an answer that has an open one (VQ6). */
    static ObjectNode closed(ObjectNode schema) {
        visit(schema, object -> {
            if (isObject(object)) {
                object.put("additionalProperties", false);
            }
        });
        return schema;
    }

    /** Whether OpenAI takes the schema as strict: every object is closed and requires all its properties (M8). */
    public static boolean isStrict(ObjectNode schema) {
        boolean[] strict = {true};
        visit(schema, object -> {
            if (isObject(object)) {
                Set<String> required = texts(object.path("required"));
                boolean closed = object.path("additionalProperties").isBoolean()
                        && !object.path("additionalProperties").booleanValue();
                strict[0] &= closed;
                object.path("properties").fieldNames().forEachRemaining(name -> strict[0] &= required.contains(name));
            }
        });
        return strict[0];
    }

    private static boolean isObject(ObjectNode schema) {
        JsonNode type = schema.path("type");
        boolean said = type.asText("").equals("object") || texts(type).contains("object");
        return said || schema.path("properties").isObject();
    }

    private static ObjectNode moonshot(ObjectNode schema) {
        visit(schema, object -> {
            if (object.path("anyOf").isArray() && object.has("type")) {
                JsonNode type = object.remove("type");
                for (JsonNode branch : object.path("anyOf")) {
                    if (branch instanceof ObjectNode open
                            && !open.has("type")
                            && !open.has("$ref")
                            && !open.has("anyOf")) {
                        open.set("type", type.deepCopy());
                    }
                }
            }
        });
        return schema;
    }

    /** Shows every schema in a schema, the outer one first; it may be changed. */
    static void visit(JsonNode node, Consumer<ObjectNode> visitor) {
        if (node instanceof ArrayNode items) {
            items.forEach(item -> visit(item, visitor));
        }
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        visitor.accept(schema);
        List<String> names = new ArrayList<>();
        schema.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (SchemaCleaner.NAMED_SCHEMAS.contains(name)) {
                schema.path(name).forEach(child -> visit(child, visitor));
            } else if (!SchemaCleaner.DATA.contains(name)) {
                visit(schema.path(name), visitor);
            }
        }
    }

    private static ObjectNode gemini(ObjectNode given, ObjectNode root, int depth) {
        if (depth > DEEPEST) {
            return Json.object().put("type", "object");
        }
        ObjectNode schema = merged(given, root, depth);
        ObjectNode plain = Json.object();
        for (var member : schema.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            switch (name) {
                case "type" -> type(value, plain);
                case "properties" -> {
                    ObjectNode properties = plain.putObject(name);
                    value.properties()
                            .forEach(property ->
                                    properties.set(property.getKey(), child(property.getValue(), root, depth)));
                }
                case "items" -> plain.set(name, child(value.isArray() ? value.path(0) : value, root, depth));
                case "anyOf", "oneOf" -> anyOf(value, plain, root, depth);
                case "const" -> {
                    if (value.isTextual() && !value.textValue().isEmpty()) {
                        plain.putArray("enum").add(value.textValue());
                    }
                    typeOf(List.of(value), plain);
                }
                case "enum" -> enumeration(value, plain);
                case "format" -> {
                    if (GEMINI_FORMATS.contains(value.asText(""))) {
                        plain.set(name, value);
                    }
                }
                default -> {
                    if (GEMINI.contains(name)) {
                        plain.set(name, value);
                    }
                }
            }
        }
        return completed(plain);
    }

    private static ObjectNode completed(ObjectNode plain) {
        if (plain.path("type").asText("").equals("array") && !plain.has("items")) {
            plain.putObject("items").put("type", "string");
        }
        if (plain.has("required")) {
            ArrayNode known = Json.array();
            plain.path("required").forEach(name -> {
                if (plain.path("properties").has(name.asText(""))) {
                    known.add(name);
                }
            });
            plain.remove("required");
            if (!known.isEmpty()) {
                plain.set("required", known);
            }
        }
        return plain;
    }

    private static JsonNode child(JsonNode schema, ObjectNode root, int depth) {
        return schema instanceof ObjectNode object
                ? gemini(object, root, depth + 1)
                : Json.object().put("type", "string");
    }

    /** A reference is replaced by what it names, and allOf by its parts. */
    private static ObjectNode merged(ObjectNode given, ObjectNode root, int depth) {
        ObjectNode schema = given;
        Set<String> followed = new HashSet<>();
        while (schema.path("$ref").isTextual()) {
            String reference = schema.path("$ref").textValue();
            boolean local = reference.startsWith("#/") && followed.add(reference);
            JsonNode target = local ? root.at(reference.substring(1)) : Json.object();
            ObjectNode joined = Json.object();
            if (target instanceof ObjectNode named) {
                joined.setAll(named);
            }
            ObjectNode rest = schema.deepCopy();
            rest.remove("$ref");
            joined.setAll(rest);
            schema = joined.isEmpty() ? joined.put("type", "object") : joined;
        }
        JsonNode parts = schema.path("allOf");
        if (!parts.isArray()) {
            return schema;
        }
        ObjectNode joined = schema.deepCopy();
        joined.remove("allOf");
        for (JsonNode part : parts) {
            if (part instanceof ObjectNode object && depth < DEEPEST) {
                ObjectNode resolved = merged(object, root, depth + 1);
                resolved.properties().forEach(member -> {
                    if (member.getKey().equals("properties")
                            && joined.path("properties") instanceof ObjectNode before) {
                        before.setAll((ObjectNode) member.getValue().deepCopy());
                    } else {
                        joined.set(member.getKey(), member.getValue().deepCopy());
                    }
                });
            }
        }
        return joined;
    }

    private static void type(JsonNode type, ObjectNode plain) {
        if (type.isTextual()) {
            plain.set("type", type);
            return;
        }
        List<String> types = new ArrayList<>(texts(type));
        if (types.remove("null")) {
            plain.put("nullable", true);
        }
        if (types.size() == 1) {
            plain.put("type", types.get(0));
        } else if (!types.isEmpty() && !plain.has("anyOf")) {
            ArrayNode any = plain.putArray("anyOf");
            types.forEach(one -> any.addObject().put("type", one));
        }
    }

    private static void anyOf(JsonNode branches, ObjectNode plain, ObjectNode root, int depth) {
        ArrayNode any = Json.array();
        for (JsonNode branch : branches) {
            if (branch.path("type").asText("").equals("null")) {
                plain.put("nullable", true);
            } else {
                any.add(child(branch, root, depth));
            }
        }
        if (any.size() == 1 && any.get(0) instanceof ObjectNode only) {
            only.properties().forEach(member -> {
                if (!plain.has(member.getKey())) {
                    plain.set(member.getKey(), member.getValue());
                }
            });
        } else if (!any.isEmpty()) {
            plain.set("anyOf", any);
        }
    }

    /** Only texts can be enumerated there, and no empty ones; null is said by {@code nullable}. */
    private static void enumeration(JsonNode values, ObjectNode plain) {
        ArrayNode kept = Json.array();
        List<JsonNode> said = new ArrayList<>();
        values.forEach(value -> {
            if (value.isNull()) {
                plain.put("nullable", true);
                return;
            }
            said.add(value);
            if (value.isTextual() && !value.textValue().isEmpty()) {
                kept.add(value);
            }
        });
        if (!kept.isEmpty() && said.stream().allMatch(JsonNode::isTextual)) {
            plain.set("enum", kept);
        }
        typeOf(said, plain);
    }

    /** Says of what type values are, where the schema leaves that to them; Gemini wants a type. */
    private static void typeOf(List<JsonNode> values, ObjectNode plain) {
        if (plain.has("type") || values.isEmpty()) {
            return;
        }
        if (values.stream().allMatch(JsonNode::isTextual)) {
            plain.put("type", "string");
        } else if (values.stream().allMatch(JsonNode::isIntegralNumber)) {
            plain.put("type", "integer");
        } else if (values.stream().allMatch(JsonNode::isNumber)) {
            plain.put("type", "number");
        } else if (values.stream().allMatch(JsonNode::isBoolean)) {
            plain.put("type", "boolean");
        }
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        if (array.isArray()) {
            array.forEach(item -> texts.add(item.asText("")));
        }
        return texts;
    }
}
