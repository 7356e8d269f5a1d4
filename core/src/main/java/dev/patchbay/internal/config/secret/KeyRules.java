package dev.patchbay.internal.config.secret;

import dev.patchbay.diagnostic.Code;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a key cannot be (provider-files.md, section 3, rule 6). No message quotes the key. */
public final class KeyRules {

    private static final Set<String> PLACEHOLDERS =
            Set.of("changeme", "change-me", "change_me", "replaceme", "replace-me", "todo");

    /** Shorter keys would be found, and masked, in the middle of words. */
    private static final int SHORT = 8;

    private static final Pattern YOURS =
            Pattern.compile("^(?:\\w{2,6}-)?[\\[{<]?your[-_ ]?\\w*[-_ ]?(?:key|token|secret)");
    private static final String QUOTES = "\"'`\u2018\u2019\u201C\u201D\u00AB\u00BB";
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

    /** What is written out as such is hardly anything else; a long text of all kinds of characters without a break, in the group, neither. */
    private static final Pattern LOOKS_LIKE_KEY = Pattern.compile("(?i:bearer) +\\S{8,}"
            + "|(?i:basic|token) +(?=\\S*\\d)\\S{8,}"
            + "|sk-[\\w-]{16,}"
            + "|(?=\\S*\\d)(?:sk|pk|rk|gsk|csk|xai|hf|r8|ghp|gho|glpat|nvapi|pplx|fw|tgp)[-_][\\w+/=.~-]{16,}"
            + "|AIza[\\w-]{30,}"
            + "|eyJ[\\w-]{10,}\\.[\\w-]+\\.[\\w-]*"
            + "|(?=\\S*\\d)(?=\\S*[a-z])(?=\\S*[A-Z])[\\w.-]{3,}~[\\w.~-]{20,}"
            + "|((?=\\w*\\d)(?=\\w*[a-z])(?=\\w*[A-Z])[\\w+/=]{32,})");

    /** Of no word: many a model is named like the beginning of a key. The client secrets of Azure have one such sign. */
    private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9]{20}|\\w~\\w");

    /** With a sign that no name holds. */
    private static final int LONG = 24;

    /** A reference, with what is written behind it without a break. */
    private static final Pattern REFERENCE = Pattern.compile("(?<!\\$)(?:\\$\\$)*\\$\\{?(\\w+)([^\\s$:{}]*)");

    /** Nothing shorter can be that. */
    private static final int SHORTEST_LOOK = 14;

    private KeyRules() {}

    /** Whether a text that is written out, without a reference, is a key whatever the name of its field. */
    public static boolean looksLikeKey(String text) {
        return look(text).isPresent();
    }

    /** Whether a text that stands where a name belongs is a key. */
    public static boolean isKeyInPlaceOfName(String text) {
        return looksLikeKey(text) && RANDOM.matcher(text).find();
    }

    /** Whether a text that stands where anything may stand is a key: an id of somebody's own may be as long, and as mixed. */
    public static boolean isKeyInPlaceOfText(String text) {
        return look(text).filter(look -> look.group(1) == null).isPresent()
                && RANDOM.matcher(text).find();
    }

    /** Whether a text that stands where the name of a variable belongs is a key: names are short, in capitals, or of words. */
    public static boolean isKeyInPlaceOfVariable(String text) {
        return RANDOM.matcher(text).find() && isMixed(text);
    }

    /** Whether the name of a variable that a template refers to is a key. */
    public static boolean namesKey(String template) {
        return REFERENCE.matcher(template).results().anyMatch(reference -> isKeyInPlaceOfVariable(reference.group(1)));
    }

    /** The same where a secret belongs: a name that no name can hold the rest of is one as well. */
    public static boolean namesPartOfKey(String template) {
        return REFERENCE
                .matcher(template)
                .results()
                .anyMatch(reference -> !reference.group(2).isEmpty()
                        && isMixed(reference.group(1))
                        && reference.end() - reference.start(1) >= LONG);
    }

    private static boolean isMixed(String text) {
        return text.chars().anyMatch(c -> c >= 'a' && c <= 'z') && text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<Matcher> look(String text) {
        return text.length() < SHORTEST_LOOK || text.indexOf('$') >= 0
                ? Optional.empty()
                : Optional.of(LOOKS_LIKE_KEY.matcher(text.strip())).filter(Matcher::matches);
    }

    /** What is wrong with a key; empty if it can be one. */
    public static Optional<Problem> problem(String key) {
        if (!key.isEmpty()
                && (QUOTES.indexOf(key.charAt(0)) >= 0 || QUOTES.indexOf(key.charAt(key.length() - 1)) >= 0)) {
            return Optional.of(new Problem(
                    Code.KEY_CHARACTER, "has quotes around it, which belong to a shell", "write the key without them"));
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c < ' ' || c == 0x7f) {
                return Optional.of(character("a control character", key, i));
            }
            if (c > 0x7f) {
                return Optional.of(character("a character that is not ASCII", key, i));
            }
        }
        if (isPlaceholder(key.toLowerCase(Locale.ROOT))) {
            return Optional.of(new Problem(
                    Code.PLACEHOLDER_KEY, "is the placeholder of an example", "put the real key in its place"));
        }
        if (key.indexOf("://") > 0 && ADDRESS.matcher(key).lookingAt()) {
            return Optional.of(new Problem(
                    Code.FOREIGN_REFERENCE,
                    "is the address of something, such as another tool's vault",
                    "read it before, put what is there into a variable, and write $NAME"));
        }
        if (key.indexOf('_') > 0 && NAME.matcher(key).matches()) {
            return Optional.of(new Problem(
                    Code.PLACEHOLDER_KEY, "looks like the name of a variable", "did you mean $" + key + "?"));
        }
        return Optional.empty();
    }

    /** What is wrong with a key that is written into a file; besides what may be wrong with any. */
    public static Optional<Problem> problemOfLiteral(String key) {
        return problem(key)
                .or(() -> NAME.matcher(key).matches()
                        ? Optional.of(new Problem(
                                Code.PLACEHOLDER_KEY,
                                "looks like the name of a variable",
                                "to name a variable, begin with a dollar: $NAME"))
                        : Optional.empty());
    }

    /**
     * What is wrong with a key that is sent behind a prefix; empty if nothing is.
     *
     * @param prefix such as {@code "Bearer "}
     */
    public static Optional<Problem> problemBehind(String prefix, String key) {
        String word = prefix.strip();
        boolean twice = !word.isEmpty()
                && key.length() > word.length()
                && key.regionMatches(true, 0, word, 0, word.length())
                && Character.isWhitespace(key.charAt(word.length()));
        return twice
                ? Optional.of(new Problem(
                        Code.KEY_CHARACTER, "begins with " + word + ", which is put in front of it", "leave it out"))
                : Optional.empty();
    }

    /** Whether a key is so short that it is masked only where it is the whole of a value. */
    public static boolean isShort(String key) {
        return key.length() < SHORT;
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
                || key.endsWith("\u2026")
                || (key.contains("your") && YOURS.matcher(key).find())
                || (key.length() > 2 && (isAll('x', key) || isAll('*', key)));
    }

    private static boolean isAll(char one, String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) != one) {
                return false;
            }
        }
        return true;
    }

    /**
     * What is wrong.
     *
     * @param words a predicate, such as {@code has a control character at position 3}
     */
    public record Problem(Code code, String words, String help) {}
}
