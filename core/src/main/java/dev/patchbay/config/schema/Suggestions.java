package dev.patchbay.config.schema;

import dev.patchbay.diagnostic.Nearest;
import java.util.Optional;

/** Finds the field that somebody meant: by what other tools call it, or by spelling. */
final class Suggestions {

    private Suggestions() {}

    static Optional<Field> find(Shape.Table shape, String key) {
        for (Field field : shape.fields().values()) {
            for (String other : field.alsoCalled()) {
                if (other.equalsIgnoreCase(key)) {
                    return Optional.of(field);
                }
            }
        }
        return Nearest.to(key, shape.fields().keySet()).flatMap(shape::field);
    }
}
