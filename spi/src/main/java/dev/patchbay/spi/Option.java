package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key that a dialect accepts under {@code options:} of a provider file; data, so that the host can check it, document
 * it and point at the line where it is wrong.
 *
 * <p>Immutable: every method returns a new option.
 */
public final class Option {

    /** What a value of {@code options:} may be, and as which Java type {@link Options} gives it. */
    public enum Type {
        /** A {@link String}. */
        STRING,
        /** A whole number: {@link Long}. */
        INTEGER,
        /** A {@link Boolean}. */
        BOOLEAN,
        /** A {@link java.time.Duration}; written with a unit, such as {@code 30s}. */
        DURATION,
        /** A {@link SecretRef}; written as {@code $NAME} or another secret form. */
        SECRET,
        /** A list of {@link String}. */
        STRING_LIST
    }

    private final String name;
    private final Type type;
    private final boolean required;
    private final @Nullable Object defaultValue;
    private final List<String> allowed;
    private final String description;

    private Option(
            String name,
            Type type,
            boolean required,
            @Nullable Object defaultValue,
            List<String> allowed,
            String description) {
        this.name = name;
        this.type = type;
        this.required = required;
        this.defaultValue = defaultValue;
        this.allowed = allowed;
        this.description = description;
    }

    /** An optional key without a default. */
    public static Option of(String name, Type type) {
        return new Option(
                requireNonNull(name, "name is null"), requireNonNull(type, "type is null"), false, null, List.of(), "");
    }

    /** The same, but a definition without it is an error. */
    public Option required() {
        return new Option(name, type, true, defaultValue, allowed, description);
    }

    /** The same with the value that is used where the key is absent; of the Java type that {@link Type} names. */
    public Option withDefault(Object value) {
        return new Option(name, type, required, requireNonNull(value, "value is null"), allowed, description);
    }

    /** The same, restricted to these values; for {@link Type#STRING}. */
    public Option oneOf(String... values) {
        return new Option(name, type, required, defaultValue, List.of(values), description);
    }

    /** The same with one sentence for help and documentation. */
    public Option describedAs(String text) {
        return new Option(name, type, required, defaultValue, allowed, requireNonNull(text, "text is null"));
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    public boolean isRequired() {
        return required;
    }

    public Optional<Object> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** The values that are accepted; empty: any. */
    public List<String> allowed() {
        return allowed;
    }

    public String description() {
        return description;
    }
}
