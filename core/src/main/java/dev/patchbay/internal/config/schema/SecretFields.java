package dev.patchbay.internal.config.schema;

import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the secrets of a definition by asking the table (provider-files.md, sections 2 and 4): a secret form is one, and so is
 * whatever a reference is part of, unless the field's type cannot hold a key or the table says that it is open. A field that
 * is new in the table is found without anything being done here.
 */
public final class SecretFields {

    private final List<Held> found = new ArrayList<>(2);

    private SecretFields() {}

    /** The secrets of a provider's definition, in the order of its fields. */
    public static List<Held> in(MapNode definition) {
        SecretFields secrets = new SecretFields();
        secrets.table(ProviderFieldTable.PROVIDER, definition, List.of(), false);
        return secrets.found;
    }

    /** Whether a value of that field can hold a secret. */
    public static boolean canHold(Field<?> field, boolean substituted) {
        return !field.isOpen() && canHold(field.shape(), substituted || field.isSubstituted());
    }

    /** The same for a part of a value. */
    public static boolean canHold(@Nullable Shape shape, boolean substituted) {
        if (shape instanceof Shape.Table table) {
            return table.fields().values().stream().anyMatch(field -> canHold(field, substituted));
        }
        if (shape instanceof Shape.MapOf map) {
            return canHold(map.value(), substituted);
        }
        if (shape instanceof Shape.ListOf list) {
            return canHold(list.item(), substituted);
        }
        if (shape instanceof Shape.Either either) {
            return canHold(either.scalar(), substituted)
                    || canHold(either.list(), substituted)
                    || canHold(either.mapping(), substituted);
        }
        if (shape instanceof Shape.Scalar scalar) {
            return substituted && scalar.allowed().isEmpty() && scalar.type().isFreeText();
        }
        return shape instanceof Shape.SecretForm || (shape instanceof Shape.Anything && substituted);
    }

    private void table(Shape.Table table, MapNode map, List<String> path, boolean substituted) {
        for (MapNode.Entry entry : map.entries()) {
            Field<?> field = table.fields().get(entry.key().text());
            if (field != null && !field.isOpen()) {
                entry(field.shape(), entry, path, substituted || field.isSubstituted());
            }
        }
    }

    private void entry(@Nullable Shape shape, MapNode.Entry entry, List<String> parent, boolean substituted) {
        Node node = entry.value();
        Shape chosen = shape instanceof Shape.Either either ? chosen(either, node) : shape;
        if (chosen instanceof Shape.Table table && node instanceof MapNode map) {
            table(table, map, below(parent, entry), substituted);
        } else if (chosen instanceof Shape.MapOf mapping && node instanceof MapNode map) {
            List<String> path = below(parent, entry);
            for (MapNode.Entry inner : map.entries()) {
                if (isCredential(mapping.keys(), inner)) {
                    found.add(new Held(below(path, inner), inner));
                } else {
                    entry(mapping.value(), inner, path, substituted);
                }
            }
        } else if (isSecret(chosen, node, substituted)) {
            found.add(new Held(below(parent, entry), entry));
        }
    }

    /** By its name or its looks, or in a body by those of something in it. */
    private static boolean isCredential(KeyType keys, MapNode.Entry entry) {
        boolean itself = keys.isCredential(entry) && !isNull(entry.value());
        return itself || (keys == KeyType.BODY_PATH && holdsCredential(entry.value()));
    }

    private static boolean holdsCredential(Node node) {
        if (node instanceof MapNode map) {
            return map.entries().stream().anyMatch(entry -> isCredential(KeyType.BODY_PATH, entry));
        }
        return node instanceof ListNode list
                ? list.items().stream().anyMatch(SecretFields::holdsCredential)
                : KeyType.looksLikeKey(node);
    }

    private static @Nullable Shape chosen(Shape.Either either, Node node) {
        if (node instanceof ScalarNode) {
            return either.scalar();
        }
        return node instanceof ListNode ? either.list() : either.mapping();
    }

    private static boolean isSecret(@Nullable Shape shape, Node node, boolean substituted) {
        if (isNull(node) || !canHold(shape, substituted)) {
            return false;
        }
        return shape instanceof Shape.SecretForm || hasReference(node);
    }

    /** Whether a {@code $} in the value, or anywhere in it, begins a reference. */
    public static boolean hasReference(Node node) {
        if (node instanceof MapNode map) {
            return map.entries().stream().anyMatch(entry -> hasReference(entry.value()));
        }
        if (node instanceof ListNode list) {
            return list.items().stream().anyMatch(SecretFields::hasReference);
        }
        return ((ScalarNode) node).text().replace("$$", "").indexOf('$') >= 0;
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.isNull();
    }

    private static List<String> below(List<String> path, MapNode.Entry entry) {
        List<String> longer = new ArrayList<>(path);
        longer.add(entry.key().text());
        return longer;
    }

    /**
     * A secret.
     *
     * @param path the keys that lead to it
     * @param entry the one that holds it
     */
    public record Held(List<String> path, MapNode.Entry entry) {

        public Held {
            path = List.copyOf(path);
        }

        /** The path with dots, as {@code headers.X-Org}. */
        public String name() {
            return String.join(".", path);
        }

        /** Whether it is the key of the definition itself. */
        public boolean isKey() {
            return path.equals(List.of(ProviderFieldTable.API_KEY.name()))
                    || path.equals(List.of(ProviderFieldTable.AUTH.name(), ProviderFieldTable.AUTH_KEY.name()));
        }
    }
}
