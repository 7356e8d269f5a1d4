package dev.patchbay.internal.config.schema;

import static dev.patchbay.internal.config.schema.Field.named;

import dev.patchbay.internal.config.tree.Node;

/** The fields of {@code body}. */
public final class BodyFields {

    private static final Shape VALUES = new Shape.MapOf(KeyType.BODY_PATH, new Shape.Anything("any value"), false);
    private static final Shape PATHS = new Shape.MapOf(KeyType.BODY_PATH, Shape.Scalar.of(ScalarType.BODY_PATH), false);

    public static final Field<Node> DEFAULT = named("default", VALUES, "body: {default: {temperature: 0.2}}")
            .merge(Merge.BY_KEY)
            .describedAs("Members to add where they are absent, by dotted path.");
    public static final Field<Node> SET = named("set", VALUES, "body: {set: {store: false}}")
            .merge(Merge.BY_KEY)
            .describedAs("Members to set in any case, by dotted path.");
    public static final Field<Node> RENAME = named(
                    "rename", PATHS, "body: {rename: {max_tokens: max_completion_tokens}}")
            .merge(Merge.BY_KEY)
            .describedAs("Members to rename, old path to new path.");
    public static final Field<Node> DROP = named(
                    "drop",
                    new Shape.ListOf(Shape.Scalar.of(ScalarType.BODY_PATH), true),
                    "body: {drop: [temperature]}")
            .describedAs("Members to remove, by dotted path.");

    static final Shape.Table BODY = FieldTable.record("body", DEFAULT, SET, RENAME, DROP);

    private BodyFields() {}
}
