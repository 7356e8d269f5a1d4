package dev.patchbay.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Finds out whether a piece of JSON may name a secret. Every piece of every stream is searched, so the JVM's own search is used,
 * which looks at many bytes at once. Holds the secrets as long as it is used; prints none.
 */
public final class SecretMention {

    private final List<String> forms;

    /** @param forms in which a secret may stand there, one character for each byte */
    SecretMention(List<String> forms) {
        this.forms = forms.stream().map(form -> form.toLowerCase(Locale.ROOT)).toList();
    }

    /** Whether one may be in it: in whatever case, or with characters written as escapes. */
    public boolean isIn(byte[] json) {
        String text = new String(json, StandardCharsets.ISO_8859_1);
        if (text.contains("\\u") || text.contains("\\/")) {
            return true;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        for (String form : forms) {
            if (lower.contains(form)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "SecretMention[" + forms.size() + "]";
    }
}
