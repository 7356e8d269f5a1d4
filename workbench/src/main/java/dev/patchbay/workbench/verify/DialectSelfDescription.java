package dev.patchbay.workbench.verify;

import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.SecretRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Whether what a dialect says of itself is of use to a host. */
final class DialectSelfDescription {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

    private DialectSelfDescription() {}

    /** What is wrong with it. */
    static List<String> faults(Dialect dialect) {
        List<String> faults = new ArrayList<>();
        for (Option option : dialect.options()) {
            faults.addAll(faults(option));
        }
        return faults;
    }

    private static List<String> faults(Option option) {
        String name = "option " + option.name();
        List<String> faults = new ArrayList<>();
        if (!NAME.matcher(option.name()).matches()) {
            faults.add(name + " is not named like [A-Za-z][A-Za-z0-9]*");
        }
        if (option.description().isBlank()) {
            faults.add(name + " has no description");
        }
        if (option.isRequired() && option.defaultValue().isPresent()) {
            faults.add(name + " is required and has a default");
        }
        if (!option.allowed().isEmpty() && option.type() != Option.Type.STRING) {
            faults.add(name + " has allowed values and is no STRING");
        }
        option.defaultValue()
                .filter(value -> !fits(option, value))
                .ifPresent(value -> faults.add("the default of " + name + " is not one of its values"));
        return faults;
    }

    private static boolean fits(Option option, Object value) {
        return javaType(option.type()).isInstance(value)
                && (option.allowed().isEmpty() || option.allowed().contains(value));
    }

    private static Class<?> javaType(Option.Type type) {
        return switch (type) {
            case STRING -> String.class;
            case INTEGER -> Long.class;
            case BOOLEAN -> Boolean.class;
            case DURATION -> Duration.class;
            case SECRET -> SecretRef.class;
            case STRING_LIST -> List.class;
        };
    }
}
