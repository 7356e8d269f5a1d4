package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The {@code options:} of a provider file, checked against the dialect's {@linkplain Dialect#options() schema}, defaults
 * filled in.
 *
 * <p>Immutable. The accessors throw {@link NoSuchElementException} for a key that the dialect does not declare with that
 * type: a mistake of the dialect, not of the file.
 */
public final class Options {

    private final Map<String, Option> schema;
    private final Map<String, Object> values;

    private Options(Map<String, Option> schema, Map<String, Object> values) {
        this.schema = schema;
        this.values = values;
    }

    /**
     * Options for a schema; made by hosts and tests.
     *
     * @param schema what the dialect declares
     * @param values the values given, each of the Java type that {@link Option.Type} names
     */
    public static Options of(List<Option> schema, Map<String, Object> values) {
        Map<String, Option> byName =
                schema.stream().collect(java.util.stream.Collectors.toUnmodifiableMap(Option::name, option -> option));
        return new Options(byName, Map.copyOf(values));
    }

    /** No options at all. */
    public static Options none() {
        return new Options(Map.of(), Map.of());
    }

    /** The same, or itself, without the values of type {@link Option.Type#SECRET}: for a provider that is called at another address. */
    public Options withoutSecrets() {
        Map<String, Object> open = new HashMap<>(values);
        boolean hasSecrets = open.values().removeIf(SecretRef.class::isInstance);
        return hasSecrets ? new Options(schema, Map.copyOf(open)) : this;
    }

    public Optional<String> string(String name) {
        return value(name, Option.Type.STRING).map(String.class::cast);
    }

    public Optional<Long> integer(String name) {
        return value(name, Option.Type.INTEGER).map(Long.class::cast);
    }

    public Optional<Boolean> bool(String name) {
        return value(name, Option.Type.BOOLEAN).map(Boolean.class::cast);
    }

    public Optional<Duration> duration(String name) {
        return value(name, Option.Type.DURATION).map(Duration.class::cast);
    }

    /** A reference to resolve with {@link ProviderContext#secret} when it is needed. */
    public Optional<SecretRef> secret(String name) {
        return value(name, Option.Type.SECRET).map(SecretRef.class::cast);
    }

    /** An empty list if absent. */
    public List<String> strings(String name) {
        return value(name, Option.Type.STRING_LIST)
                .map(list -> ((List<?>) list).stream().map(String.class::cast).toList())
                .orElse(List.of());
    }

    private Optional<Object> value(String name, Option.Type type) {
        Option option = schema.get(requireNonNull(name, "name is null"));
        if (option == null || option.type() != type) {
            throw new NoSuchElementException("the dialect declares no option " + name + " of type " + type);
        }
        Object value = values.get(name);
        return value == null ? option.defaultValue() : Optional.of(value);
    }
}
