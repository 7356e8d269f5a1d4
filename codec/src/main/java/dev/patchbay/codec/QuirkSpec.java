package dev.patchbay.codec;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key of the {@code quirks:} map of a provider file, as data: to check files and to document them.
 *
 * @param name the key
 * @param type what its value may be
 * @param allowed the values (of a list: the items) that are accepted; empty: any of the type
 * @param defaultValue the value where the key is absent; null: none
 * @param description one sentence
 */
public record QuirkSpec(
        String name,
        Type type,
        List<String> allowed,
        @Nullable Object defaultValue,
        String description) {

    /** What a value may be, and as which Java type it is kept. */
    public enum Type {
        /** A {@link String}. */
        STRING,
        /** A whole number that is not negative: {@link Integer}. */
        INTEGER,
        /** A {@link Boolean}. */
        BOOLEAN,
        /** A list of {@link String}. */
        STRING_LIST
    }

    public QuirkSpec {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(description, "description is null");
        allowed = List.copyOf(allowed);
    }

    /** Every quirk, in the order of dialects.md, section 1.0. */
    public static List<QuirkSpec> all() {
        return QuirkTable.ALL;
    }

    /** The quirk of that name. */
    public static Optional<QuirkSpec> find(String name) {
        return Optional.ofNullable(QuirkTable.BY_NAME.get(name));
    }

    /**
     * Says what is wrong with a value.
     *
     * @param value a plain JDK value as it stands in a provider file
     * @return what a right value looks like; empty if this one is right
     */
    public Optional<String> problem(@Nullable Object value) {
        boolean right = switch (type) {
            case STRING -> value instanceof String text && isAllowed(text);
            case INTEGER -> value instanceof Number number && isCount(number);
            case BOOLEAN -> value instanceof Boolean;
            case STRING_LIST -> value instanceof List<?> items && items.stream().allMatch(this::isAllowedItem);
        };
        return right ? Optional.empty() : Optional.of(name + " must be " + expected());
    }

    private boolean isAllowedItem(@Nullable Object item) {
        return item instanceof String text && isAllowed(text);
    }

    private boolean isAllowed(String text) {
        return allowed.isEmpty() ? !text.isEmpty() : allowed.contains(text);
    }

    private static boolean isCount(Number number) {
        double value = number.doubleValue();
        return value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value);
    }

    private String expected() {
        return switch (type) {
            case STRING -> allowed.isEmpty() ? "a text" : "one of " + String.join(", ", allowed);
            case INTEGER -> "a whole number, 0 or more";
            case BOOLEAN -> "true or false";
            case STRING_LIST -> allowed.isEmpty() ? "a list of texts" : "a list of " + String.join(", ", allowed);
        };
    }
}
