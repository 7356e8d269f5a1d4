package dev.patchbay.testkit;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a vendor refuses.
 *
 * @param source where it can be read: a page of the vendor, or a public issue as {@code repo#n}
 * @param check what is wrong with a body, in the vendor's words; null if nothing is
 */
record StrictRule(String source, Function<Map<String, @Nullable Object>, @Nullable String> check) {

    /** The first complaint of a vendor's rules; null if it takes the body. */
    static @Nullable String complaint(List<StrictRule> rules, Map<String, @Nullable Object> body) {
        for (StrictRule rule : rules) {
            String complaint = rule.check.apply(body);
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    /** A rule for every message of a conversation. */
    static StrictRule eachMessage(String source, Function<Map<String, @Nullable Object>, @Nullable String> check) {
        return new StrictRule(source, body -> first(Tree.objects(body.get("messages")), check));
    }

    /** A rule for every schema inside the tools and the answer's format. */
    static StrictRule eachSchema(String source, Function<Map<String, @Nullable Object>, @Nullable String> check) {
        return new StrictRule(source, body -> first(Tree.schemas(body), check));
    }

    /** Refuses every member at the top but these. */
    static StrictRule onlyMembers(String source, String words, String... known) {
        List<String> names = List.of(known);
        return new StrictRule(
                source,
                body -> body.keySet().stream()
                        .filter(name -> !names.contains(name))
                        .map(name -> words.formatted(name))
                        .findFirst()
                        .orElse(null));
    }

    /** Refuses these members at the top. */
    static StrictRule without(String source, String words, String... refused) {
        return new StrictRule(
                source,
                body -> List.of(refused).stream()
                        .filter(body::containsKey)
                        .map(name -> words.formatted(name))
                        .findFirst()
                        .orElse(null));
    }

    private static @Nullable String first(
            List<Map<String, @Nullable Object>> all, Function<Map<String, @Nullable Object>, @Nullable String> check) {
        for (Map<String, @Nullable Object> one : all) {
            String complaint = check.apply(one);
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }
}
