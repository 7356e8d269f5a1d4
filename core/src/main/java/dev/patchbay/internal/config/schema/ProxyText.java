package dev.patchbay.internal.config.schema;

import dev.patchbay.provider.Percent;

/**
 * The value of {@code http.proxy} with its user name and password apart, before variables are put in: what a variable holds
 * is a password as it is, and no part of a URL.
 */
public final class ProxyText {

    private final String text;
    private final int from;
    private final int at;

    private ProxyText(String text, int from, int at) {
        this.text = text;
        this.from = from;
        this.at = at;
    }

    /** Splits {@code http://user:$PASSWORD@host:port}. */
    public static ProxyText of(String text) {
        int scheme = text.indexOf("://");
        int from = scheme < 0 ? 0 : scheme + "://".length();
        return new ProxyText(text, from, last(text, '@', from));
    }

    public boolean hasUserInfo() {
        return at >= 0;
    }

    /** {@code user:$PASSWORD}; empty where there is none. */
    public String userInfo() {
        return at < 0 ? "" : text.substring(from, at);
    }

    /** The same with escapes such as {@code %5C} decoded; what variables hold is left as it is. */
    public String decodedUserInfo() {
        return Percent.decode(userInfo().replace("%24", "$$"));
    }

    /** What of it is to be secret: the password, or all of it where there is none. */
    String password() {
        int colon = first(userInfo(), ':');
        return userInfo().substring(colon + 1);
    }

    /** {@code http://host:port}. */
    public String server() {
        return at < 0 ? text : text.substring(0, from) + text.substring(at + 1);
    }

    /** The value with its user name and password left out. */
    public String masked() {
        return at < 0 ? text : text.substring(0, from) + "***" + text.substring(at);
    }

    /** Whether an offset of the whole text is in the user name or the password. */
    public boolean isInUserInfo(int offset) {
        return offset >= from && offset < at;
    }

    private static int first(String text, char wanted) {
        return find(text, wanted, 0, true);
    }

    private static int last(String text, char wanted, int from) {
        return find(text, wanted, from, false);
    }

    /** Looks outside of {@code ${…}} only. */
    private static int find(String text, char wanted, int from, boolean first) {
        int depth = 0;
        int found = -1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{' && i > 0 && text.charAt(i - 1) == '$') {
                depth++;
            } else if (c == '}' && depth > 0) {
                depth--;
            } else if (c == wanted && depth == 0) {
                found = i;
                if (first) {
                    return found;
                }
            }
        }
        return found;
    }
}
