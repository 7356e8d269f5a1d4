package dev.patchbay.internal.config.schema;

import static dev.patchbay.internal.config.schema.Field.named;

/** The fields of {@code body}. */
final class BodyFields {

    private static final Shape VALUES = new Shape.MapOf(KeyType.BODY_PATH, new Shape.Anything("any value"), false);
    private static final Shape PATHS = new Shape.MapOf(KeyType.BODY_PATH, Shape.Scalar.of(ScalarType.BODY_PATH), false);

    static final Shape.Table BODY = FieldTable.record(
            "body",
            named("default", VALUES, "body: {default: {temperature: 0.2}}")
                    .merge(Merge.BY_KEY)
                    .describedAs("Members to add where they are absent, by dotted path."),
            named("set", VALUES, "body: {set: {store: false}}")
                    .merge(Merge.BY_KEY)
                    .describedAs("Members to set in any case, by dotted path."),
            named("rename", PATHS, "body: {rename: {max_tokens: max_completion_tokens}}")
                    .merge(Merge.BY_KEY)
                    .describedAs("Members to rename, old path to new path."),
            named("drop", new Shape.ListOf(Shape.Scalar.of(ScalarType.BODY_PATH), true), "body: {drop: [temperature]}")
                    .describedAs("Members to remove, by dotted path."));

    private BodyFields() {}
}
