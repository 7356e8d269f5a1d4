package dev.patchbay.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Finds out whether a piece of JSON may name a secret. Every piece of every stream is searched, so the JVM's own search for a
 * character is used, which looks at many bytes at once. Holds the secrets as long as it is used; prints none.
 */
public final class SecretMention {

    private final List<Form> forms;

    /** How an escape of one of their characters begins; text of most languages is full of others. */
    private final String escape;

    /** @param forms in which a secret may stand there, one character for each byte */
    SecretMention(List<String> forms) {
        this.forms =
                forms.stream().filter(form -> !form.isEmpty()).map(Form::of).toList();
        this.escape = forms.stream().allMatch(SecretMention::isAscii) ? "\\u00" : "\\u";
    }

    private static boolean isAscii(String form) {
        return form.chars().allMatch(c -> c < 0x80);
    }

    /** Whether one may be in it: in whatever case, or with characters written as escapes. */
    public boolean isIn(byte[] json) {
        String text = new String(json, StandardCharsets.ISO_8859_1);
        if (text.indexOf('\\') >= 0 && (text.contains(escape) || text.contains("\\/"))) {
            return true;
        }
        for (Form form : forms) {
            if (form.isIn(text)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "SecretMention[" + forms.size() + "]";
    }

    /**
     * One way to write a secret.
     *
     * @param place of the character that is searched for
     */
    private record Form(String text, int place, char lower, char upper) {

        /** From the rarest on in what is said in answers; digits are in all their ids. */
        private static final String RARE = "qzjxkvwybgfpmhucldrs";

        static Form of(String text) {
            int place = 0;
            int rank = RARE.length();
            for (int i = 0; i < text.length(); i++) {
                int found = RARE.indexOf(Character.toLowerCase(text.charAt(i)));
                if (found >= 0 && found < rank) {
                    place = i;
                    rank = found;
                }
            }
            char c = text.charAt(place);
            return new Form(text, place, Character.toLowerCase(c), Character.toUpperCase(c));
        }

        boolean isIn(String json) {
            return isAround(lower, json) || (upper != lower && isAround(upper, json));
        }

        private boolean isAround(char c, String json) {
            for (int i = json.indexOf(c); i >= 0; i = json.indexOf(c, i + 1)) {
                if (json.regionMatches(true, i - place, text, 0, text.length())) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return "Form[" + text.length() + "]";
        }
    }
}
