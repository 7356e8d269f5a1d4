package dev.patchbay.config.secret;

import dev.patchbay.diagnostic.Code;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a key cannot be (provider-files.md, section 3, rule 6). No message quotes the key. */
public final class KeyRules {

    private static final Set<String> PLACEHOLDERS =
            Set.of("changeme", "change-me", "change_me", "replaceme", "replace-me", "todo");

    private KeyRules() {}

    /** What is wrong with a key; empty if it can be one. */
    public static Optional<Problem> problem(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c < ' ' || c == 0x7f) {
                return Optional.of(character("a control character", key, i));
            }
            if (c > 0x7f) {
                return Optional.of(character("a character that is not ASCII", key, i));
            }
        }
        return isPlaceholder(key.toLowerCase(Locale.ROOT))
                ? Optional.of(new Problem(
                        Code.PLACEHOLDER_KEY, "is the placeholder of an example", "put the real key in its place"))
                : Optional.empty();
    }

    private static Problem character(String what, String key, int index) {
        int position = key.codePointCount(0, index) + 1;
        return new Problem(
                Code.KEY_CHARACTER,
                "has " + what + " at position " + position,
                "copy the key again, without line breaks");
    }

    private static boolean isPlaceholder(String key) {
        return PLACEHOLDERS.contains(key)
                || key.endsWith("...")
                || (key.startsWith("<") && key.endsWith(">"))
                || (key.startsWith("your") && (key.endsWith("key") || key.endsWith("token") || key.endsWith("here")))
                || (key.startsWith("xxx") && key.replace("x", "").isEmpty());
    }

    /**
     * What is wrong.
     *
     * @param words a predicate, such as {@code has a control character at position 3}
     */
    public record Problem(Code code, String words, String help) {}
}
