package dev.patchbay.workbench.explain;

import dev.patchbay.diagnostic.SourceText;
import java.util.List;
import java.util.regex.Pattern;

/** Hides what looks like a key in values that need not be secret. */
final class KeyMasks {

    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");
    private static final Pattern MEMBER = Pattern.compile("([?&])(?!api-version=)([^=&#]+)=[^&#]+");

    private KeyMasks() {}

    /** A text as messages would quote it beside its name. */
    static String named(List<String> path, String text) {
        String prefix = path.get(path.size() - 1) + ": ";
        if (text.indexOf('\n') >= 0) {
            return text.lines()
                    .map(line -> named(path, line))
                    .reduce((a, b) -> a + "\n" + b)
                    .orElse("");
        }
        String quoted = new SourceText(prefix + text).quote(1);
        return quoted.startsWith(prefix) ? quoted.substring(prefix.length()) : quoted;
    }

    /** A text that variables are part of: a password, or a member of a query, may be among them. */
    static String url(String text) {
        if (!text.contains("://")) {
            return text;
        }
        return MEMBER.matcher(USER_INFO.matcher(text).replaceAll("***")).replaceAll("$1$2=***");
    }
}
