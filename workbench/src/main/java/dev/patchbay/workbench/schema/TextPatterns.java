package dev.patchbay.workbench.schema;

import dev.patchbay.internal.config.schema.CredentialNames;
import dev.patchbay.internal.config.schema.HeaderRules;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules for texts as regular expressions: what ECMA-262, with its flag {@code u}, and Java understand alike. None of them
 * can be read in two ways, so that no text makes a check slow.
 */
final class TextPatterns {

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_])";
    private static final String UPPER_NAME = "[A-Z_][A-Z0-9_]*";
    private static final int NESTING = 4;

    /** What another tool would refer to a variable with (provider-files.md, section 3, rule 7). */
    private static final String NOT_FOREIGN = "(?!op://|(?:os\\.environ/|env\\.|process\\.env\\.)" + UPPER_NAME + "$|%"
            + NAME + "%$|[\\s\\S]*(?:(?:^|[^$])\\{env:|(?:^|[^$])(?:\\$\\$)*\\$[eE][nN][vV]:[A-Za-z_]))";

    private static final String ANYTHING = "(?:[^$]|\\$\\$|" + reference(0) + ")*";

    private static final String HOST = "(?:\\[[0-9A-Fa-f:.]+\\]|(?:" + octet() + "\\.){3}" + octet() + "|"
            + "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.?)";
    private static final String PORT =
            "(?::(?:0*(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?)?";
    private static final String IN_PATH = "[A-Za-z0-9\\-._~!&'()*+,;=:@/]|%[0-9A-Fa-f]{2}|\\$\\$|[^\\u0000-\\u00a0]";
    private static final String IN_QUERY = IN_PATH + "|[?\\[\\]]";
    private static final String NO_KEY_IN_QUERY =
            "(?![^?]*\\?(?:[\\s\\S]*&)?" + lastWord(CredentialNames.ofParameters(), "=") + ")";
    private static final String MODEL = "\\{model\\}";

    /** A text in which a dollar begins a reference. */
    static final String TEMPLATE = "^" + NOT_FOREIGN + ANYTHING + "$";

    /** The same with a reference in it: what it comes to is not known before. */
    static final String REFERENCE = "^" + NOT_FOREIGN + "(?:[^$]|\\$\\$)*" + reference(0) + ANYTHING + "$";

    static final String ID = "^[a-z0-9][a-z0-9._-]{0,63}$";
    static final String BOOLEAN = "^(?:true|false)$";
    static final String COUNT = "^(?:0|" + positive() + ")$";
    static final String POSITIVE = "^" + positive() + "$";
    static final String DECIMAL = "^(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+\\-]?[0-9]{1,4})?$";
    static final String DURATION = "^[0-9]{1,9}(?:ms|s|m|h)$";
    static final String TIMEOUT = "^(?:off|(?!0+[a-z])[0-9]{1,9}(?:ms|s|m|h))$";
    static final String RETRY_CAUSE = "^(?:[45][0-9]{2}|network)$";
    static final String NOT_BLANK = "\\S";
    static final String VARIABLE = "^[A-Za-z_][A-Za-z0-9_]*$";

    static final String URL = "^" + NO_KEY_IN_QUERY + url(IN_PATH, IN_QUERY, HOST) + "$";
    static final String ENDPOINT_URL =
            "^" + NO_KEY_IN_QUERY + url(IN_PATH + "|" + MODEL, IN_QUERY + "|" + MODEL, HOST) + "$";
    static final String ENDPOINT = "^" + NO_KEY_IN_QUERY + "(?:/" + rest(IN_PATH + "|" + MODEL, IN_QUERY + "|" + MODEL)
            + "|" + url(IN_PATH + "|" + MODEL, IN_QUERY + "|" + MODEL, HOST) + ")$";

    /** What stands before the last at sign is the user's, and hardly anything is forbidden there. */
    static final String PROXY = "^(?:inherit|none|" + NOT_FOREIGN
            + "(?=[^.:]*[.:])(?:[hH][tT][tT][pP]://|(?![\\s\\S]*://))(?:(?:[^$]|\\$\\$)*@)?"
            + "(?:" + HOST + "|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)" + PORT + "/?)$";

    static final String CREDENTIAL_HEADER = "^" + lastWord(CredentialNames.ofHeaders(), "$");
    static final String CREDENTIAL_PARAMETER = "^" + lastWord(CredentialNames.ofParameters(), "$");

    private TextPatterns() {}

    /** A name, up to what stands behind it, that ends with one of these words. */
    private static String lastWord(Set<String> words, String end) {
        String before = "(?:[^&=]*[\\-_.])?";
        return "(?!" + before + "(?:" + anyOf(CredentialNames.none()) + ")" + end + ")" + before + "(?:" + anyOf(words)
                + ")" + end;
    }

    /** What a header can be called. */
    static String headerName(boolean substituted) {
        return "^" + (substituted ? NOT_FOREIGN : "") + "(?!(?:" + anyOf(HeaderRules.reserved()) + ")$)"
                + "(?:[A-Za-z0-9!#%&'*+.^_`|~\\-]|" + (substituted ? "\\$" : "") + "\\$)+$";
    }

    /** What can stand in a header. */
    static String headerValue(boolean substituted) {
        return substituted ? "^" + NOT_FOREIGN + "(?:[\\t -#%-~]|\\$\\$)*$" : "^[\\t -~]*$";
    }

    /** Steps with a dot between them, none empty. */
    static String path(boolean substituted) {
        String step = substituted ? "(?:[^.$]|\\$\\$)+" : "[^.]+";
        return "^" + (substituted ? NOT_FOREIGN : "") + step + "(?:\\." + step + ")*$";
    }

    private static String reference(int depth) {
        String fallback = depth < NESTING ? "|:-(?:[^$}]|\\$\\$|" + reference(depth + 1) + ")*" : "";
        return "\\$(?:" + NAME + "|\\{" + NAME + "(?:|:\\?(?:[^$}]|\\$\\$)*" + fallback + ")\\})";
    }

    private static String url(String inPath, String inQuery, String host) {
        return "[hH][tT][tT][pP][sS]?://" + host + PORT + "(?:/" + rest(inPath, inQuery) + "|\\?(?:" + inQuery + ")*)?";
    }

    private static String rest(String inPath, String inQuery) {
        return "(?:" + inPath + ")*(?:\\?(?:" + inQuery + ")*)?";
    }

    private static String octet() {
        return "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    }

    /** From 1 to the largest int. */
    private static String positive() {
        return "(?:[1-9][0-9]{0,8}|1[0-9]{9}|20[0-9]{8}|21[0-3][0-9]{7}|214[0-6][0-9]{6}|2147[0-3][0-9]{5}"
                + "|21474[0-7][0-9]{4}|214748[0-2][0-9]{3}|2147483[0-5][0-9]{2}|21474836[0-3][0-9]|214748364[0-7])";
    }

    /** Schemas have no flag for the case of letters. */
    private static String anyOf(Set<String> words) {
        StringBuilder pattern = new StringBuilder();
        for (String word : new TreeSet<>(words)) {
            pattern.append(pattern.length() == 0 ? "" : "|");
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                char upper = String.valueOf(c).toUpperCase(Locale.ROOT).charAt(0);
                pattern.append(upper == c ? String.valueOf(c) : "[" + c + upper + "]");
            }
        }
        return pattern.toString();
    }
}
