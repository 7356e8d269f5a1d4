package dev.patchbay.cli.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Problems of provider files for a terminal: their words of severity, carets and help stand out. */
public final class ColouredProblems {

    private static final Pattern HEAD = Pattern.compile("(?m)^(.*?: )(error|warning)(\\[[A-Z]\\d+]:)");
    private static final Pattern CARETS = Pattern.compile("(?m)^( +)(\\^+)$");
    private static final Pattern HELP = Pattern.compile("(?m)^(help:)");

    private ColouredProblems() {}

    /** Prints rendered problems; as they are where there is no style. */
    public static void print(Output out, Style style, String rendered) {
        if (style == Style.PLAIN) {
            out.print(rendered);
        } else {
            out.raw(coloured(style, TerminalText.of(rendered)));
        }
    }

    private static String coloured(Style style, String text) {
        Matcher head = HEAD.matcher(text);
        String heads = head.replaceAll(found -> Matcher.quoteReplacement(
                found.group(1) + severity(style, found.group(2), found.group(2) + found.group(3))));
        String carets = CARETS.matcher(heads)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + style.error(found.group(2))));
        return HELP.matcher(carets).replaceAll(found -> Matcher.quoteReplacement(style.help(found.group(1))));
    }

    private static String severity(Style style, String word, String text) {
        return word.equals("error") ? style.error(text) : style.warning(text);
    }
}
