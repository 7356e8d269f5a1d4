package dev.patchbay.workbench.schema;

import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every place of a provider where a value can stand, as a file with a hole for it. */
final class Probes {

    private final List<Place> places = new ArrayList<>();

    private Probes() {}

    /**
     * A place.
     *
     * @param path for messages
     * @param file a file with a {@code %s} where the value goes
     */
    record Place(String path, String file) {

        String with(String value) {
            return file.replace("%s", value);
        }
    }

    static List<Place> all() {
        Probes probes = new Probes();
        ProviderFieldTable.PROVIDER.fields().values().forEach(field -> {
            String before = "providers:\n  probe: {";
            String after = field.name().equals("baseUrl") ? "}" : ", baseUrl: \"https://api.probe.example/v1\"}";
            probes.field(field, field.name(), before, after);
        });
        return probes.places;
    }

    private void field(Field<?> field, String path, String before, String after) {
        shape(field.shape(), path, before + field.name() + ": ", after);
    }

    private void shape(@Nullable Shape shape, String path, String before, String after) {
        if (shape == null) {
            return;
        }
        if (!(shape instanceof Shape.Either)) {
            add(path, before, after);
        }
        if (shape instanceof Shape.ListOf list) {
            shape(list.item(), path + "[]", before + "[", "]" + after);
        } else if (shape instanceof Shape.MapOf map) {
            String key = key(map);
            add(path + ".<key>", before + "{", ": a}" + after);
            shape(map.value(), path + "." + key, before + "{" + key + ": ", "}" + after);
        } else if (shape instanceof Shape.Table table) {
            add(path + ".<key>", before + "{", ": a" + others(table, "") + "}" + after);
            for (Field<?> field : table.fields().values()) {
                field(field, path + "." + field.name(), before + "{", others(table, field.name()) + "}" + after);
            }
        } else if (shape instanceof Shape.Either either) {
            shape(either.scalar(), path, before, after);
            shape(either.list(), path, before, after);
            shape(either.mapping(), path, before, after);
        } else if (shape instanceof Shape.SecretForm) {
            for (String form : List.of("env", "file")) {
                add(path + "." + form, before + "{" + form + ": ", "}" + after);
            }
            shape(ProviderFieldTable.COMMAND_FIELDS, path, before, after);
        }
    }

    private void add(String path, String before, String after) {
        places.add(new Place(path, before + "%s" + after + "\n"));
    }

    private static String others(Shape.Table table, String without) {
        StringBuilder others = new StringBuilder();
        for (Field<?> field : table.fields().values()) {
            if (field.isRequired() && !field.name().equals(without)) {
                others.append(", ").append(field.example());
            }
        }
        return others.toString();
    }

    private static String key(Shape.MapOf map) {
        return switch (map.keys()) {
            case OPERATION -> "chat";
            case ID, BODY_PATH -> "a";
            default -> "X-Probe";
        };
    }
}
