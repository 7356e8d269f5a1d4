package dev.patchbay.internal.config.decode;

import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ScalarType;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one mapping by the keys of the table of fields: what a field is called, whether it is substituted, what its text means
 * and what it is by default stands there alone.
 */
final class FieldReader {

    private final DecodeContext context;
    private final @Nullable MapNode map;
    private final String path;
    private final boolean substituted;

    /** @param node what should be a mapping; anything else has no fields */
    private FieldReader(DecodeContext context, @Nullable Node node, String path, boolean substituted) {
        this.context = context;
        this.map = node instanceof MapNode mapping ? mapping : null;
        this.path = path;
        this.substituted = substituted;
    }

    /** The fields of a provider, or of another mapping of which nothing above is substituted. */
    static FieldReader of(DecodeContext context, @Nullable Node node) {
        return new FieldReader(context, node, "", false);
    }

    /** The fields of a mapping below one that is substituted. */
    static FieldReader substituted(DecodeContext context, @Nullable Node node, String path) {
        return new FieldReader(context, node, path + ".", true);
    }

    /** The fields of the mapping that a field is. */
    FieldReader below(Field<Node> field) {
        return new FieldReader(context, node(field), name(field) + ".", isSubstituted(field));
    }

    /** Whether nothing is said there. */
    boolean isEmpty() {
        return map == null || map.entries().isEmpty();
    }

    boolean has(Field<?> field) {
        return map != null && map.has(field.name());
    }

    @Nullable Node node(Field<?> field) {
        return map == null ? null : map.get(field.name()).orElse(null);
    }

    /** Where a value stands; the mapping itself where there is none. */
    Node place(Field<?> field, Node otherwise) {
        Node node = node(field);
        return node == null ? otherwise : node;
    }

    /** The field with the names of those above it. */
    String name(Field<?> field) {
        return path + field.name();
    }

    /** The value with its variables put in; empty if there is none, or it cannot be used, which is reported. */
    <T> Optional<T> value(Field<T> field) {
        ScalarNode node = DecodeContext.scalar(node(field));
        if (node == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(text(field, node, ((Shape.Scalar) field.shape()).type()))
                .map(field::decode);
    }

    /** The text as it is written. */
    Optional<String> written(Field<?> field) {
        return Optional.ofNullable(DecodeContext.scalar(node(field))).map(ScalarNode::text);
    }

    /** The value, or what the table says that it is where nobody says otherwise. */
    <T> T valueOrDefault(Field<T> field) {
        return value(field).orElseGet(field::defaultValue);
    }

    /** The items of a list; null if there is none. */
    @Nullable List<String> texts(Field<Node> field) {
        if (!(node(field) instanceof ListNode list)) {
            return null;
        }
        ScalarType type = ((Shape.Scalar) ((Shape.ListOf) field.shape()).item()).type();
        List<String> texts = new ArrayList<>(list.items().size());
        for (Node item : list.items()) {
            String text = text(field, (ScalarNode) item, type);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private @Nullable String text(Field<?> field, ScalarNode node, ScalarType type) {
        return isSubstituted(field) ? context.text(node, type, name(field)) : node.text();
    }

    private boolean isSubstituted(Field<?> field) {
        return substituted || field.isSubstituted();
    }
}
