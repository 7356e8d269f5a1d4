package dev.patchbay.internal.http;

import dev.patchbay.spi.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Everything that secrets may look like in what a provider says. Immutable; prints none of them. */
final class SecretForms {

    private static final String MASK = "***";

    /** To mask what is shorter wherever it stands would make any text unreadable: only a value that is nothing else is. */
    private static final int SHORTEST_PART = 8;

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final int secrets;
    private final Set<String> parts = new LinkedHashSet<>();
    private final Set<String> whole = new LinkedHashSet<>();
    private final SecretMention mention;

    SecretForms(List<Secret> used) {
        secrets = used.size();
        used.forEach(this::add);
        mention = new SecretMention(written());
    }

    /** How many there are. */
    int secrets() {
        return secrets;
    }

    /** Finds out whether bytes may name one of them. */
    SecretMention mention() {
        return mention;
    }

    private void add(Secret secret) {
        // A header's value may be a word and the key, or a name, = and the key.
        String[] words = BLANKS.split(secret.reveal().strip(), -1);
        for (String part : words) {
            boolean last = part.equals(words[words.length - 1]);
            add(part, last);
            add(part.substring(part.indexOf('=') + 1), last);
        }
    }

    /** @param key whether it is not only a word before the key */
    private void add(String part, boolean key) {
        if (part.length() < SHORTEST_PART) {
            if (key && !part.isEmpty()) {
                whole.add(part);
            }
            return;
        }
        parts.add(part);
        if (part.contains("/")) {
            // In JSON that stands in a text as well.
            parts.add(part.replace("/", "\\/"));
        }
        parts.add(URLEncoder.encode(part, StandardCharsets.UTF_8));
        // The whole first, of which the part that only the key decides would leave the end.
        parts.add(Base64.getEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8)));
        parts.addAll(SecretEncodings.of(part));
    }

    /** As they stand in JSON, one character for each byte. */
    private List<String> written() {
        List<String> written = new ArrayList<>();
        parts.forEach(form -> written.add(latin(form)));
        whole.forEach(word -> written.add('"' + latin(word) + '"'));
        return written;
    }

    /** A text without them. */
    String clean(String text) {
        if (whole.contains(text.strip())) {
            return MASK;
        }
        String cleaned = text;
        for (String form : parts) {
            cleaned = masked(cleaned, form);
        }
        return cleaned;
    }

    /** In whatever case: what repeats a key may have taken it for the name of a host or of a header. */
    private static String masked(String text, String form) {
        int at = find(text, form, 0);
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        while (at >= 0) {
            out.append(text, from, at).append(MASK);
            from = at + form.length();
            at = find(text, form, from);
        }
        return out.append(text, from, text.length()).toString();
    }

    private static int find(String text, String form, int from) {
        char first = form.charAt(0);
        char upper = Character.toUpperCase(first);
        char lower = Character.toLowerCase(upper);
        for (int at = from; at <= text.length() - form.length(); at++) {
            char c = text.charAt(at);
            // Letters of ASCII have no other cases among each other.
            boolean mayBegin = c == upper || c == lower || c >= 0x80 || first >= 0x80;
            if (mayBegin && text.regionMatches(true, at, form, 0, form.length())) {
                return at;
            }
        }
        return -1;
    }

    /** @param text one character for each byte of UTF-8 */
    String cleanBytes(String text) {
        String cleaned = text;
        for (String form : parts) {
            cleaned = masked(cleaned, latin(form));
        }
        for (String word : whole) {
            cleaned = cleaned.replace('"' + latin(word) + '"', '"' + MASK + '"');
        }
        return cleaned;
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return "SecretForms[" + secrets + "]";
    }
}
