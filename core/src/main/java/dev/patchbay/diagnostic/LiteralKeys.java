package dev.patchbay.diagnostic;

import dev.patchbay.internal.InternalApi;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Masks what looks like a key in a line that is quoted: a file that is not even YAML may still hold one. */
@InternalApi
public final class LiteralKeys {

    private static final String NAME =
            "(?<![\\w.-])(?!max)[\\w.-]*(?:key|token(?!s)|secret|passw|auth(?!ors?\\b)|credential|cookie)[\\w.-]*";
    private static final Pattern NAMED = Pattern.compile(
            "(?i)([\"']?" + NAME + "[\"']?\\s*[:=]\\s*)(\"[^\"]*\"?|'[^']*'?|[^\\s,}&#](?:[^,}&]*?(?=\\s+#)|[^,}&]*))");
    private static final Pattern OPEN_NAME =
            Pattern.compile("(?i)(?:^|.*[\\s{,])[\"']?" + NAME + "[\"']?\\s*:\\s*[|>]?[+-]?\\s*");
    private static final Pattern USER_INFO = Pattern.compile("(://)([^/@\\s\"']+)@");
    private static final String BEGINNING = "(?:sk|pk|rk|gsk|csk|xai|hf|r8|ghp|gho|glpat|nvapi|pplx|fw|tgp)[-_]";
    /** What a key is of; a full stop at its end is that of a sentence. */
    private static final String SIGNS = "[\\w+/=.~-]";

    private static final String LAST_SIGN = "[\\w+/=~-]";
    /** A tilde behind some signs, as in client secrets of Azure; what is looked at is short, since it is at the beginning of each word. */
    private static final String TILDE = "(?=[\\w.-]{3,40}~)(?=\\S{0,60}?\\d)";

    private static final Pattern LOOKS_LIKE_KEY = Pattern.compile("\\b(?:" + BEGINNING + SIGNS + "{5,}" + LAST_SIGN
            + "|AIza[\\w-]{6,}|" + TILDE + SIGNS + "{23,}" + LAST_SIGN
            + "|(?=[\\w+=]*\\d)(?=[\\w+=]*[A-Za-z])[\\w+=]{24,})");
    /** Stricter than for a line: in a message a name that was only chosen badly has to be read. */
    private static final Pattern SURELY_KEY = Pattern.compile("\\b(?:sk-" + SIGNS + "{15,}" + LAST_SIGN
            + "|AIza[\\w-]{30,}|" + BEGINNING + "(?=\\S*\\d)(?=\\S*[A-Z])" + SIGNS + "{15,}" + LAST_SIGN
            + "|" + TILDE + "(?=\\S{0,60}?[a-z])(?=\\S{0,60}?[A-Z])" + SIGNS + "{23,}" + LAST_SIGN + ")");

    private static final Pattern COMMENT = Pattern.compile("\\s#.*");
    private static final Pattern LONG_WORD = Pattern.compile("\\S{8,}");

    private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

    private static final int MOST_ENCODINGS = 3;

    private static final Pattern REFERENCE = Pattern.compile(
            "[\"']?(?:\\$[({A-Za-z_].*|(?i:bearer|basic|token) +\\$.*|%\\w+%|env[.:].*|\\{.*|null|none|bearer|header|off)[\"']?\\s*");

    private LiteralKeys() {}

    static String mask(String line, String lineBefore) {
        if (OPEN_NAME.matcher(lineBefore).matches() && line.indexOf(':') < 0 && line.indexOf('$') < 0) {
            return stars(line);
        }
        String masked = replace(line, NAMED, true);
        masked = replace(masked, USER_INFO, false);
        return replaceKeys(masked, LOOKS_LIKE_KEY);
    }

    /**
     * A message without keys that were written where something else belongs, such as the name of a file or the path of a URL, where some of
     * their characters may be percent-encoded, and encoded again.
     */
    public static String maskIn(String message) {
        String masked = replaceKeys(message, SURELY_KEY);
        if (masked.indexOf('%') < 0) {
            return masked;
        }
        StringBuilder out = new StringBuilder(masked);
        int[] places = IntStream.rangeClosed(0, masked.length()).toArray();
        String decoded = masked;
        for (int round = 0; round < MOST_ENCODINGS && ENCODED.matcher(decoded).find(); round++) {
            StringBuilder text = new StringBuilder(decoded.length());
            int[] from = new int[decoded.length() + 1];
            int i = 0;
            while (i < decoded.length()) {
                from[text.length()] = places[i];
                boolean isEncoded =
                        ENCODED.matcher(decoded).region(i, decoded.length()).lookingAt();
                text.append(isEncoded ? (char) Integer.parseInt(decoded, i + 1, i + 3, 16) : decoded.charAt(i));
                i += isEncoded ? 3 : 1;
            }
            from[text.length()] = masked.length();
            places = from;
            decoded = text.toString();
            Matcher key = SURELY_KEY.matcher(decoded);
            while (key.find()) {
                int start = places[key.start()];
                int end = places[key.end()];
                out.replace(start, end, "*".repeat(end - start));
            }
        }
        return out.toString();
    }

    /** A line in which a key was masked, without what may be an older one, or the same, in its comment. */
    static String maskComment(String masked) {
        Matcher comment = COMMENT.matcher(masked);
        return comment.find() ? masked.substring(0, comment.start()) + replaceKeys(comment.group(), LONG_WORD) : masked;
    }

    private static String replace(String line, Pattern pattern, boolean unlessReference) {
        Matcher matcher = pattern.matcher(line);
        StringBuilder out = null;
        int from = 0;
        while (matcher.find(from)) {
            String value = matcher.group(2);
            if (unlessReference && (REFERENCE.matcher(value).matches() || isUrl(value))) {
                // A mapping or a URL may itself hold a named key.
                from = matcher.start(2) + 1;
                continue;
            }
            out = out == null ? new StringBuilder(line) : out;
            out.replace(matcher.start(2), matcher.end(2), stars(value));
            from = matcher.end();
        }
        return out == null ? line : out.toString();
    }

    private static String replaceKeys(String line, Pattern keys) {
        Matcher matcher = keys.matcher(line);
        StringBuilder out = null;
        while (matcher.find()) {
            out = out == null ? new StringBuilder(line) : out;
            out.replace(matcher.start(), matcher.end(), stars(matcher.group()));
        }
        return out == null ? line : out.toString();
    }

    private static boolean isUrl(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    private static String stars(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean kept = c == ' ' || c == '\t' || c == '"' || c == '\'' || Character.isLowSurrogate(c);
            out.append(kept ? c : '*');
        }
        return out.toString();
    }
}
