package dev.patchbay.workbench.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.FileFields;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.ProviderIds;
import dev.patchbay.internal.config.schema.Shape;
import org.jspecify.annotations.Nullable;

/** Writes the shapes of the table as schemas. Not safe for use by several threads. */
final class ShapeSchema {

    private final SchemaDefinitions definitions = new SchemaDefinitions();

    SchemaDefinitions definitions() {
        return definitions;
    }

    /** The schema of a shape; records and secrets are among the definitions, and referred to. */
    ObjectNode of(Shape shape, boolean substituted) {
        if (shape instanceof Shape.Scalar scalar) {
            return ScalarSchema.of(scalar, substituted);
        }
        if (shape instanceof Shape.SecretForm secret) {
            return definitions.refer(
                    secret.mapping() ? SchemaDefinitions.SECRET_FORM : SchemaDefinitions.SECRET,
                    () -> SecretSchema.of(of(ProviderFieldTable.COMMAND_FIELDS, false), secret.mapping()));
        }
        if (shape instanceof Shape.ListOf list) {
            return list(list, substituted);
        }
        if (shape instanceof Shape.MapOf map) {
            return MapSchema.of(map, of(map.value(), substituted));
        }
        if (shape instanceof Shape.Table table) {
            return definitions.refer(name(table), () -> record(table, substituted));
        }
        if (shape instanceof Shape.Either either) {
            return either(either, substituted);
        }
        return substituted ? ScalarSchema.reference(SchemaDefinitions.VALUE) : Json.object();
    }

    /** The schema of a record itself. */
    ObjectNode record(Shape.Table table, boolean substituted) {
        ObjectNode schema = ScalarSchema.types("object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.array();
        for (Field<?> field : table.fields().values()) {
            if (field.isLater()) {
                continue;
            }
            properties.set(field.name(), field(field, substituted || field.isSubstituted()));
            if (field.isRequired()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (table.extensible()) {
            schema.putObject("patternProperties").putObject("^x-");
        }
        schema.put("additionalProperties", false);
        if (table.equals(ProviderFieldTable.PROVIDER)) {
            ProviderRules.addTo(schema);
        }
        return schema;
    }

    private ObjectNode field(Field<?> field, boolean substituted) {
        ObjectNode schema = Json.object();
        schema.put("description", field.description());
        // The definitions are not in the table of the file itself: they are checked one by one.
        boolean definitionsById = field == FileFields.FILE.fields().get("providers");
        ObjectNode value = definitionsById ? providers() : of(field.shape(), substituted);
        schema.setAll(field.isNullable() ? MapSchema.orNull(value) : value);
        if (field.isRequired()) {
            schema.put(field.shape() instanceof Shape.ListOf ? "minItems" : "minLength", 1);
        }
        FieldExamples.addTo(schema, field);
        return schema;
    }

    private ObjectNode providers() {
        ObjectNode schema = ScalarSchema.types("object");
        MapSchema.keys(schema, TextPatterns.ID, ProviderIds.RULE);
        schema.set("additionalProperties", of(ProviderFieldTable.PROVIDER, false));
        return schema;
    }

    private ObjectNode list(Shape.ListOf list, boolean substituted) {
        ObjectNode schema = ScalarSchema.types("array");
        schema.set("items", of(list.item(), substituted));
        return list.unique() ? schema.put("uniqueItems", true) : schema;
    }

    private ObjectNode either(Shape.Either either, boolean substituted) {
        ObjectNode schema = Json.object();
        ArrayNode forms = schema.putArray("anyOf");
        add(forms, either.scalar(), substituted);
        add(forms, either.list(), substituted);
        add(forms, either.mapping(), substituted);
        return schema;
    }

    private void add(ArrayNode forms, @Nullable Shape shape, boolean substituted) {
        if (shape != null) {
            forms.add(of(shape, substituted));
        }
    }

    /** {@code a model} is {@code model}, {@code a secret with command} is {@code secretWithCommand}. */
    private static String name(Shape.Table table) {
        StringBuilder name = new StringBuilder();
        for (String word : table.title().split(" ", -1)) {
            boolean article = word.equals("a") || word.equals("an");
            if (!article) {
                name.append(name.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
        }
        return name.toString();
    }
}
