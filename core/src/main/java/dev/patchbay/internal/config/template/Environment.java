package dev.patchbay.internal.config.template;

import java.util.Map;
import java.util.Optional;

/** Where variables are looked up. Safe for use by several threads. */
public interface Environment {

    /** The value of a variable, as it is. */
    Optional<String> get(String name);

    /** What messages call it after {@code set X in} and {@code looked in}. Default: {@code the environment of this process}. */
    default String description() {
        return "the environment of this process";
    }

    /** Variables from a map, which is copied. */
    static Environment of(Map<String, String> variables) {
        Map<String, String> copy = Map.copyOf(variables);
        return name -> Optional.ofNullable(copy.get(name));
    }
}
