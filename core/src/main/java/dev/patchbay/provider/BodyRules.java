package dev.patchbay.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes to the body of a request, applied in the order rename, default, set, drop (provider-files.md, section 2).
 *
 * <p>Keys are dotted paths. Values are plain JDK values: {@code Map}, {@code List}, {@code String}, {@code Boolean}, {@code
 * Number}, null; and {@link BodySecret} in the place of what is secret.
 *
 * @param rename old path to new path
 * @param defaults what to add where the path is absent
 * @param set what to set in any case
 * @param drop what to remove
 */
public record BodyRules(
        Map<String, String> rename,
        Map<String, @Nullable Object> defaults,
        Map<String, @Nullable Object> set,
        List<String> drop) {

    /** Changes nothing. */
    public static final BodyRules NONE = new BodyRules(Map.of(), Map.of(), Map.of(), List.of());

    /** @throws IllegalArgumentException if a number is infinite or none, which no JSON can hold */
    public BodyRules {
        rename = Collections.unmodifiableMap(new LinkedHashMap<>(rename));
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        drop = List.copyOf(drop);
        requireFinite("body.default", defaults);
        requireFinite("body.set", set);
    }

    private static void requireFinite(String place, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> requireFinite(place + "." + name, member));
        } else if (value instanceof List<?> list) {
            list.forEach(item -> requireFinite(place, item));
        } else if ((value instanceof Double || value instanceof Float)
                && !Double.isFinite(((Number) value).doubleValue())) {
            throw new IllegalArgumentException(place + " must be a finite number, not " + value);
        }
    }

    /** The same, with other members to leave out. */
    public BodyRules withDrop(List<String> members) {
        return new BodyRules(rename, defaults, set, members);
    }

    /** The same without the entries of which a part is secret. */
    public BodyRules withoutSecrets() {
        return secrets().findAny().isEmpty() ? this : new BodyRules(rename, open(defaults), open(set), drop);
    }

    /** The secrets among the values. */
    public Stream<SecretValue> secrets() {
        return Stream.concat(defaults.values().stream(), set.values().stream()).flatMap(BodyRules::secrets);
    }

    private static Stream<SecretValue> secrets(@Nullable Object value) {
        if (value instanceof BodySecret held) {
            return Stream.of(held.secret());
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().flatMap(BodyRules::secrets);
        }
        return value instanceof List<?> list ? list.stream().flatMap(BodyRules::secrets) : Stream.empty();
    }

    private static Map<String, @Nullable Object> open(Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(values);
        kept.values().removeIf(value -> secrets(value).findAny().isPresent());
        return kept;
    }

    public boolean isEmpty() {
        return rename.isEmpty() && defaults.isEmpty() && set.isEmpty() && drop.isEmpty();
    }
}
