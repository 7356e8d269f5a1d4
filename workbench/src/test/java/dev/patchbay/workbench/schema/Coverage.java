package dev.patchbay.workbench.schema;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.KeyType;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which fields of the table occur in files, and which of its rules are broken there. */
final class Coverage {

    private final Set<String> fields = new TreeSet<>();
    private final Set<String> broken = new TreeSet<>();
    private List<Diagnostic> problems = List.of();

    Set<String> fields() {
        return fields;
    }

    Set<String> broken() {
        return broken;
    }

    static Set<String> allFields() {
        Set<String> names = new TreeSet<>();
        collect(ProviderFieldTable.PROVIDER, "", names, new TreeSet<>());
        return names;
    }

    static Set<String> allRules() {
        Set<String> rules = new TreeSet<>();
        collect(ProviderFieldTable.PROVIDER, "", new TreeSet<>(), rules);
        return rules;
    }

    /** Looks at a file and at what is wrong with it. */
    void see(MapNode file, List<Diagnostic> found) {
        problems = found;
        if (file.get("providers").orElse(null) instanceof MapNode providers) {
            for (MapNode.Entry provider : providers.entries()) {
                value(ProviderFieldTable.PROVIDER, provider.value(), "");
            }
        }
    }

    private void value(@Nullable Shape shape, Node node, String owner) {
        if (shape == null) {
            return;
        }
        if (isAt(node)) {
            broken.add(rule(shape, owner));
        }
        if (shape instanceof Shape.Table table && node instanceof MapNode map) {
            record(table, map);
        } else if (shape instanceof Shape.MapOf mapping && node instanceof MapNode map) {
            for (MapNode.Entry entry : map.entries()) {
                if (isAt(entry.key())) {
                    broken.add("keys " + mapping.keys());
                }
                value(mapping.value(), entry.value(), owner);
            }
        } else if (shape instanceof Shape.ListOf list && node instanceof ListNode items) {
            for (Node item : items.items()) {
                if (has(item, Code.DUPLICATE_KEY)) {
                    broken.add("no item twice");
                }
                value(list.item(), item, owner);
            }
        } else if (shape instanceof Shape.Either either) {
            value(node instanceof MapNode ? either.mapping() : either.scalar(), node, owner);
            value(node instanceof ListNode ? either.list() : null, node, owner);
        } else if (shape instanceof Shape.SecretForm && node instanceof MapNode map && map.has("command")) {
            record(ProviderFieldTable.COMMAND_FIELDS, map);
        }
    }

    private void record(Shape.Table table, MapNode map) {
        for (MapNode.Entry entry : map.entries()) {
            Field<?> field = table.fields().get(entry.key().text());
            if (field == null && isAt(entry.key())) {
                broken.add("no other key in " + table.title());
            } else if (field != null) {
                fields.add(name(table, field));
                value(field.shape(), entry.value(), name(table, field));
            }
        }
        for (Field<?> field : table.fields().values()) {
            if (field.isRequired() && has(map, Code.MISSING_FIELD)) {
                broken.add("needs " + name(table, field));
            }
        }
    }

    private boolean isAt(Node node) {
        return problems.stream().anyMatch(problem -> problem.location().equals(node.location()));
    }

    private boolean has(Node node, Code code) {
        return problems.stream()
                .anyMatch(
                        problem -> problem.code() == code && problem.location().equals(node.location()));
    }

    private static void collect(@Nullable Shape shape, String owner, Set<String> fields, Set<String> rules) {
        if (shape == null || shape instanceof Shape.Anything) {
            return;
        }
        rules.add(rule(shape, owner));
        if (shape instanceof Shape.Table table) {
            rules.add("no other key in " + table.title());
            for (Field<?> field : table.fields().values()) {
                if (!field.isLater() && fields.add(name(table, field))) {
                    if (field.isRequired() && table != ProviderFieldTable.COMMAND_FIELDS) {
                        rules.add("needs " + name(table, field));
                    }
                    collect(field.shape(), name(table, field), fields, rules);
                }
            }
        } else if (shape instanceof Shape.MapOf map) {
            if (map.keys() != KeyType.ANY && map.keys() != KeyType.QUERY) {
                rules.add("keys " + map.keys());
            }
            collect(map.value(), owner, fields, rules);
        } else if (shape instanceof Shape.ListOf list) {
            rules.add("no item twice");
            collect(list.item(), owner, fields, rules);
        } else if (shape instanceof Shape.Either either) {
            collect(either.scalar(), owner, fields, rules);
            collect(either.list(), owner, fields, rules);
            collect(either.mapping(), owner, fields, rules);
        } else if (shape instanceof Shape.SecretForm) {
            collect(ProviderFieldTable.COMMAND_FIELDS, owner, fields, rules);
        }
    }

    /** The words of a choice are a rule for each field; a type is one wherever it stands. */
    private static String rule(Shape shape, String owner) {
        if (shape instanceof Shape.Scalar scalar) {
            return scalar.allowed().isEmpty() ? "type " + scalar.type() : "words of " + owner;
        }
        return shape instanceof Shape.Table ? "record" : shape.getClass().getSimpleName();
    }

    private static String name(Shape.Table table, Field<?> field) {
        return table.title() + "." + field.name();
    }
}
