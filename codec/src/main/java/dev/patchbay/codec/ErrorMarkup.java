package dev.patchbay.codec;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an error says in XML, and which page came in the place of one. */
final class ErrorMarkup {

    /** Of a page, and of one text in it: every part of a pattern has a limit, since pages come from anywhere. */
    private static final int LONGEST = 16 * 1024;

    private static final int LONGEST_TEXT = 1000;

    private static final Pattern IS_PAGE =
            Pattern.compile("<(!doctype\\s+html|html|head|body)\\b", Pattern.CASE_INSENSITIVE);
    private static final List<Pattern> MESSAGES = Stream.of(
                    "message", "faultstring", "msg", "detail", "description", "title")
            .map(ErrorMarkup::element)
            .toList();
    private static final List<Pattern> TITLES =
            Stream.of("title", "pre").map(ErrorMarkup::element).toList();
    private static final Pattern TAG = Pattern.compile("<!\\[CDATA\\[|\\]\\]>|</?\\w[^<>]{0,100}>");
    private static final Pattern ENTITY = Pattern.compile("&(#?\\w{1,8});");
    private static final Map<String, String> ENTITIES = Map.of(
            "lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "nbsp", " ", "ndash", "\u2013", "mdash",
            "\u2014");

    private ErrorMarkup() {}

    /** The message of an error in XML; empty for a page. */
    static Optional<String> message(String text) {
        return IS_PAGE.matcher(text).lookingAt()
                ? Optional.empty()
                : texts(text, MESSAGES).findFirst();
    }

    /** What a page has in its title, and where servers print what they did not do. */
    static Optional<String> page(String text) {
        String title = texts(text, TITLES).collect(Collectors.joining(": "));
        return title.isEmpty() ? Optional.empty() : Optional.of(title);
    }

    private static Stream<String> texts(String text, List<Pattern> elements) {
        String begin = text.substring(0, Math.min(text.length(), LONGEST));
        return elements.stream()
                .map(element -> element.matcher(begin))
                .filter(Matcher::find)
                .map(found -> plain(found.group(1)))
                .filter(said -> !said.isEmpty());
    }

    private static Pattern element(String name) {
        return Pattern.compile(
                "<(?:\\w{1,20}:)?" + name + "(?:\\s[^<>]{0,200})?>(.{0," + LONGEST_TEXT + "}?)</(?:\\w{1,20}:)?" + name
                        + ">",
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private static String plain(String inside) {
        String text = TAG.matcher(inside).replaceAll(" ");
        return ENTITY.matcher(text)
                .replaceAll(entity -> Matcher.quoteReplacement(character(entity)))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String character(MatchResult entity) {
        String name = entity.group(1).toLowerCase(Locale.ROOT);
        if (!name.startsWith("#")) {
            return ENTITIES.getOrDefault(name, entity.group());
        }
        try {
            int code = name.startsWith("#x")
                    ? Integer.parseInt(name.substring(2), 16)
                    : Integer.parseInt(name.substring(1));
            return isCharacter(code) ? Character.toString(code) : entity.group();
        } catch (NumberFormatException none) {
            return entity.group();
        }
    }

    /** Neither half of one, nor one that a terminal obeys. */
    private static boolean isCharacter(int code) {
        boolean half = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
        boolean obeyed = Character.isISOControl(code) && !Character.isWhitespace(code);
        return Character.isValidCodePoint(code) && !half && !obeyed;
    }
}
