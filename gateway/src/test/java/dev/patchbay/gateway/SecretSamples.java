package dev.patchbay.gateway;

import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.ScalarType;
import dev.patchbay.internal.config.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A definition's field with a reference in it, for every place where the table of fields lets a secret stand. */
final class SecretSamples {

    /** What an entry needs beside the one that holds the secret. */
    private final Map<String, String> required;

    private final String variable;

    private SecretSamples(String variable, Map<String, String> required) {
        this.variable = variable;
        this.required = required;
    }

    /**
     * The samples, as {@code body: {set: {canary: $NAME}}}.
     *
     * @param required values of the fields that a record must have
     */
    static List<Sample> of(String variable, Map<String, String> required) {
        SecretSamples samples = new SecretSamples(variable, required);
        List<Sample> all = new ArrayList<>();
        for (Field<?> field : ProviderFieldTable.PROVIDER.fields().values()) {
            for (String value : samples.of(field)) {
                all.add(new Sample(field.name(), field.name() + ": " + value));
            }
        }
        return all;
    }

    private List<String> of(Field<?> field) {
        return field.isOpen() || field.isLater() ? List.of() : of(field.shape(), field.isSubstituted());
    }

    private List<String> of(@Nullable Shape shape, boolean substituted) {
        List<String> values = new ArrayList<>();
        String text = "\"$" + variable + "\"";
        if (shape instanceof Shape.SecretForm form) {
            values.add("{env: " + variable + "}");
            values.addAll(form.mapping() ? List.of() : List.of(text));
        } else if (shape instanceof Shape.Scalar scalar
                && substituted
                && scalar.allowed().isEmpty()) {
            if (scalar.type() == ScalarType.PROXY) {
                values.add("\"http://user:$" + variable + "@127.0.0.1:9\"");
            } else if (scalar.type() == ScalarType.TEXT || scalar.type() == ScalarType.HEADER_VALUE) {
                values.add(text);
            }
        } else if (shape instanceof Shape.Anything && substituted) {
            values.add(text);
            values.add("{a: [\"x $" + variable + "\"]}");
        } else if (shape instanceof Shape.MapOf map) {
            of(map.value(), substituted).forEach(value -> values.add("{" + key(map) + ": " + value + "}"));
        } else if (shape instanceof Shape.ListOf list) {
            of(list.item(), substituted).forEach(value -> values.add("[" + value + "]"));
        } else if (shape instanceof Shape.Either either) {
            values.addAll(of(either.scalar(), substituted));
            values.addAll(of(either.list(), substituted));
            values.addAll(of(either.mapping(), substituted));
        } else if (shape instanceof Shape.Table table) {
            table(table, substituted, values);
        }
        return values;
    }

    private void table(Shape.Table table, boolean substituted, List<String> values) {
        for (Field<?> field : table.fields().values()) {
            List<String> inner = field.isOpen() ? List.of() : of(field.shape(), substituted || field.isSubstituted());
            for (String value : inner) {
                StringBuilder entry = new StringBuilder("{" + field.name() + ": " + value);
                for (Field<?> other : table.fields().values()) {
                    if (other != field && required.containsKey(other.name())) {
                        entry.append(", ").append(other.name()).append(": ").append(required.get(other.name()));
                    }
                }
                values.add(entry.append('}').toString());
            }
        }
    }

    private static String key(Shape.MapOf map) {
        return switch (map.keys()) {
            case OPERATION -> "chat";
            case HEADER -> "X-Canary";
            default -> "canary";
        };
    }

    /**
     * A sample.
     *
     * @param field the field of a provider that it is in
     * @param yaml the whole field
     */
    record Sample(String field, String yaml) {}
}
