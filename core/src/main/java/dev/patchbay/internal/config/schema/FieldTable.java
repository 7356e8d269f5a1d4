package dev.patchbay.internal.config.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds records of the table. */
final class FieldTable {

    private FieldTable() {}

    static Shape.Table record(String title, Field<?>... fields) {
        return new Shape.Table(title, byName(fields), false);
    }

    static Shape.Table extensible(String title, Field<?>... fields) {
        return new Shape.Table(title, byName(fields), true);
    }

    private static Map<String, Field<?>> byName(Field<?>... fields) {
        Map<String, Field<?>> map = new LinkedHashMap<>();
        for (Field<?> field : fields) {
            map.put(field.name(), field);
        }
        return Collections.unmodifiableMap(map);
    }
}
