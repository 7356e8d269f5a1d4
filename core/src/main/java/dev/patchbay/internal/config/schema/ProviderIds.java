package dev.patchbay.internal.config.schema;

/** Ids of providers: {@code [a-z0-9][a-z0-9._-]{0,63}} (provider-files.md, section 1). */
public final class ProviderIds {

    /** The rule, for messages. */
    public static final String RULE =
            "lower-case letters, digits, `.`, `_` and `-`, at most 64, the first a letter or digit";

    private static final int MAX_LENGTH = 64;

    private ProviderIds() {}

    public static boolean isValid(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH || !isLetterOrDigit(id.charAt(0))) {
            return false;
        }
        for (int i = 1; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
