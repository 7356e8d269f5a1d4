package dev.patchbay.config.schema;

import dev.patchbay.diagnostic.Nearest;

/** Finds the field that somebody meant: by spelling, or by what other tools call it. */
final class Suggestions {

    private Suggestions() {}

    /** {@code ; did you mean x?}, or an empty text. */
    static String question(Shape.Record shape, String key) {
        for (Field field : shape.fields().values()) {
            for (String other : field.alsoCalled()) {
                if (other.equalsIgnoreCase(key)) {
                    return "; did you mean " + field.name() + "?";
                }
            }
        }
        return Nearest.question(key, shape.fields().keySet());
    }
}
