package dev.patchbay.internal.config.schema;

import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the table says of one place in a definition: whatever looks at a value by its path asks here, and knows no name of a
 * field.
 */
public final class FieldPlace {

    /** A definition as a whole. */
    public static final FieldPlace PROVIDER = new FieldPlace(ProviderFieldTable.PROVIDER, false, false, false, false);

    private final @Nullable Shape shape;
    private final boolean substituted;
    private final boolean open;
    private final boolean bound;
    private final boolean credential;

    private FieldPlace(@Nullable Shape shape, boolean substituted, boolean open, boolean bound, boolean credential) {
        this.shape = shape;
        this.substituted = substituted;
        this.open = open;
        this.bound = bound;
        this.credential = credential;
    }

    /** The place at the end of a path of keys; one that the table does not know holds anything. */
    public static FieldPlace of(List<String> path) {
        FieldPlace place = PROVIDER;
        for (String key : path) {
            place = place.below(key);
        }
        return place;
    }

    /** The place of what stands under that key. */
    public FieldPlace below(String key) {
        Shape inner = shape instanceof Shape.Either either ? either.mapping() : shape;
        if (inner instanceof Shape.MapOf map) {
            boolean byName = map.keys().isCredential(key);
            return new FieldPlace(map.value(), substituted, open, bound, byName);
        }
        if (inner instanceof Shape.Anything) {
            return new FieldPlace(inner, substituted, open, bound, false);
        }
        Field<?> field = inner instanceof Shape.Table table ? table.fields().get(key) : null;
        return field == null
                ? new FieldPlace(null, substituted, open, bound, false)
                : new FieldPlace(
                        field.shape(),
                        substituted || field.isSubstituted(),
                        open || field.isOpen(),
                        bound || field.isBound(),
                        false);
    }

    /** Whether the value is a secret in one of the secret forms. */
    public boolean isSecretForm(Node node) {
        return shapeOf(node) instanceof Shape.SecretForm;
    }

    /** Whether it is the address of a proxy, which may have a password in it. */
    public boolean isProxy() {
        return shape instanceof Shape.Scalar scalar && scalar.type() == ScalarType.PROXY;
    }

    /** Whether a value with a reference in it is secret whole. */
    public boolean isSecretWithReference(Node node) {
        return !open && SecretFields.canHold(shapeOf(node), substituted);
    }

    /** Whether messages, lists and logs may show the value with its variables put in; whatever is below it is asked for itself. */
    public boolean isPrinted(Node node) {
        return !isSecretForm(node) && !credential && (!(node instanceof ScalarNode) || !isSecretWithReference(node));
    }

    /** Whether the value is a secret whatever it is, by the name of its header or query member. */
    public boolean isCredential() {
        return credential;
    }

    /** Whether a {@code $} in it begins a reference. */
    public boolean isSubstituted() {
        return substituted;
    }

    /** Whether the whole of it stays behind where the origin of the base URL changes. */
    public boolean isBound() {
        return bound;
    }

    /** Whether a number or a truth value can stand there. */
    public boolean isTyped(Node node) {
        return shapeOf(node) instanceof Shape.Scalar scalar
                ? scalar.type().isTyped()
                : shape == null || shape instanceof Shape.Anything;
    }

    /** A list holds values of one shape, and its place is theirs. */
    private @Nullable Shape shapeOf(Node node) {
        Shape chosen = shape;
        if (shape instanceof Shape.Either either) {
            chosen = node instanceof MapNode
                    ? either.mapping()
                    : node instanceof ListNode || either.scalar() == null ? either.list() : either.scalar();
        }
        return chosen instanceof Shape.ListOf list ? list.item() : chosen;
    }
}
