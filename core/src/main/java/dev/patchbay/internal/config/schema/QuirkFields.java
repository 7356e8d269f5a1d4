package dev.patchbay.internal.config.schema;

import dev.patchbay.codec.QuirkSpec;
import dev.patchbay.internal.config.tree.Node;

/** The fields of {@code quirks}, from the table of the codecs (dialects.md, section 1.0). */
final class QuirkFields {

    static final Shape.Table QUIRKS = FieldTable.record("quirks", fields());

    private QuirkFields() {}

    private static Field<?>[] fields() {
        Field<?>[] fields = new Field<?>[QuirkSpec.all().size()];
        for (int i = 0; i < fields.length; i++) {
            QuirkSpec quirk = QuirkSpec.all().get(i);
            Field.Builder<Node> field =
                    Field.named(quirk.name(), shape(quirk), "quirks: {" + quirk.name() + ": " + example(quirk) + "}");
            if (quirk.defaultValue() != null) {
                field.byDefault(quirk.defaultValue().toString());
            }
            fields[i] = field.describedAs(quirk.description());
        }
        return fields;
    }

    private static Shape shape(QuirkSpec quirk) {
        return switch (quirk.type()) {
            case STRING -> new Shape.Scalar(ScalarType.TEXT, quirk.allowed());
            case INTEGER -> Shape.Scalar.of(ScalarType.COUNT);
            case BOOLEAN -> Shape.Scalar.of(ScalarType.BOOLEAN);
            case STRING_LIST -> new Shape.ListOf(new Shape.Scalar(ScalarType.TEXT, quirk.allowed()), true);
        };
    }

    private static String example(QuirkSpec quirk) {
        return switch (quirk.type()) {
            case STRING -> quirk.allowed().isEmpty() ? "…" : quirk.allowed().get(0);
            case INTEGER -> "4";
            case BOOLEAN -> "true";
            case STRING_LIST ->
                quirk.allowed().isEmpty() ? "[…]" : "[" + quirk.allowed().get(0) + "]";
        };
    }
}
