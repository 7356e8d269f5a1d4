package dev.patchbay.workbench.explain;

import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where every value of a definition comes from (provider-files.md, section 4): its layer, file, line and column, what it
 * overrode, and what was left out on the way. Immutable; holds no secret.
 *
 * @param leaves in the order of the table of fields
 */
public record Explanation(List<ExplainedValue> leaves) {

    public Explanation {
        leaves = List.copyOf(leaves);
    }

    /**
     * The values at a path and below it; none if there is nothing.
     *
     * @param path keys with dots between them, such as {@code http.retries}
     */
    public List<ExplainedValue> at(String path) {
        List<ExplainedValue> found = new ArrayList<>();
        for (ExplainedValue leaf : leaves) {
            if (leaf.name().equals(path) || leaf.name().startsWith(path + ".")) {
                found.add(leaf);
            }
        }
        return found;
    }

    /** What a field means that no definition need say; empty for what is not a field at all. */
    public static Optional<String> meaning(String path) {
        return field(path).map(Field::description);
    }

    /** What counts where no definition sets a field, as it would be written; empty if that is nothing, or it is no field. */
    public static Optional<String> byDefault(String path) {
        return field(path).flatMap(Field::defaultText);
    }

    private static Optional<Field<?>> field(String path) {
        Shape shape = ProviderFieldTable.PROVIDER;
        Field<?> field = null;
        for (String key : path.split("\\.", -1)) {
            Shape inner = shape instanceof Shape.Either either ? either.mapping() : shape;
            field = inner instanceof Shape.Table table ? table.fields().get(key) : null;
            if (field == null) {
                return Optional.empty();
            }
            shape = field.shape();
        }
        return Optional.ofNullable(field);
    }
}
