package dev.patchbay.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes to the body of a request, applied in the order rename, default, set, drop (provider-files.md, section 2).
 *
 * <p>Keys are dotted paths. Values are plain JDK values: {@code Map}, {@code List}, {@code String}, {@code Boolean}, {@code
 * Number}, null.
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

    public BodyRules {
        rename = Collections.unmodifiableMap(new LinkedHashMap<>(rename));
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        drop = List.copyOf(drop);
    }

    public boolean isEmpty() {
        return rename.isEmpty() && defaults.isEmpty() && set.isEmpty() && drop.isEmpty();
    }
}
