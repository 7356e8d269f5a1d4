package dev.patchbay.config.schema;

import static dev.patchbay.config.schema.Field.named;

/** The fields of {@code quirks} (dialects.md, section 1.0). */
final class QuirkFields {

    static final Shape.Record QUIRKS = FieldTable.record(
            "quirks",
            named("streamUsage", Shape.Scalar.of(ScalarType.BOOLEAN), "quirks: {streamUsage: true}")
                    .describedAs(""));

    private QuirkFields() {}
}
