package dev.patchbay.docs;

import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.FileFields;
import dev.patchbay.internal.config.schema.Merge;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.SecretFields;
import dev.patchbay.internal.config.schema.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of fields as Markdown, by the titles of their records. */
final class FieldRows {

    private final Map<String, String> tables = new LinkedHashMap<>();

    private FieldRows() {}

    static Map<String, String> all() {
        FieldRows rows = new FieldRows();
        rows.add(FileFields.FILE, false);
        rows.add(ProviderFieldTable.PROVIDER, false);
        return rows.tables;
    }

    private void add(@Nullable Shape shape, boolean substituted) {
        if (shape instanceof Shape.Table table && !tables.containsKey(table.title())) {
            tables.put(table.title(), text(table, substituted));
            table.fields().values().forEach(field -> add(field.shape(), substituted || field.isSubstituted()));
        } else if (shape instanceof Shape.MapOf map) {
            add(map.value(), substituted);
        } else if (shape instanceof Shape.ListOf list) {
            add(list.item(), substituted);
        } else if (shape instanceof Shape.Either either) {
            add(either.mapping(), substituted);
        } else if (shape instanceof Shape.SecretForm) {
            add(ProviderFieldTable.COMMAND_FIELDS, false);
        }
    }

    /** Columns that would say the same of every field are left out. */
    private static String text(Shape.Table table, boolean substituted) {
        boolean provider = table.title().equals(ProviderFieldTable.PROVIDER.title());
        StringBuilder text = new StringBuilder(
                provider
                        ? "| field | value | default | $ | merge | meaning |\n|---|---|---|---|---|---|\n"
                        : "| field | value | default | meaning |\n|---|---|---|---|\n");
        for (Field<?> field : table.fields().values()) {
            text.append("| `").append(field.name()).append("` | ");
            text.append(words(field.shape())).append(" | ");
            text.append(field.defaultText()
                    .map(value -> "`" + value + "`")
                    .orElse(field.isRequired() ? "must be there" : ""));
            text.append(" | ");
            if (provider) {
                text.append(field.isSubstituted() ? "$" : "").append(" | ");
                text.append(merge(field)).append(" | ");
            }
            text.append(meaning(field)).append(" |\n");
        }
        return substituted && !provider ? text + "\nReferences to variables are understood here.\n" : text.toString();
    }

    private static String meaning(Field<?> field) {
        String later = field.isLater() ? "*Not supported yet.* " : "";
        String example = field.example().contains("…") ? "" : " `" + field.example() + "`";
        return later + field.description().replace("<", "&lt;") + example;
    }

    private static String merge(Field<?> field) {
        String rule = field.merge() == Merge.REPLACE ? "replaced" : field.merge() == Merge.BY_KEY ? "by key" : "";
        return rule + (field.isBound() || SecretFields.canHold(field, false) ? ", bound" : "");
    }

    private static String words(Shape shape) {
        if (shape instanceof Shape.Scalar scalar && !scalar.allowed().isEmpty()) {
            return "`" + String.join("`, `", scalar.allowed()) + "`";
        }
        if (shape instanceof Shape.SecretForm) {
            return "a [secret](#secrets)";
        }
        if (shape instanceof Shape.Either either && either.list() != null) {
            return "[" + shape.words() + "](#models)";
        }
        if (shape instanceof Shape.ListOf list) {
            return "a list: " + words(list.item());
        }
        Optional<String> section = section(shape);
        return section.map(name -> "[" + shape.words() + "](#" + name + ")").orElse(shape.words());
    }

    private static Optional<String> section(Shape shape) {
        return shape instanceof Shape.Table table
                        && !table.title().contains(" ")
                        && !table.title().equals("retries")
                        && !table.title().equals("backoff")
                        && !table.title().equals("price")
                ? Optional.of(table.title())
                : Optional.empty();
    }
}
