package dev.patchbay.internal.config.schema;

import dev.patchbay.provider.Origin;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a value that is none was probably meant to be, so that help can repeat it in the right form. */
final class IntendedValue {

    /** What stands before a number is a host. */
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:(?!\\d)/*|^/+");

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]+)");
    private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(?:[,_ ']\\d{3})+");
    private static final Pattern THOUSANDS = Pattern.compile("(\\d{1,6})\\s*[kK]");
    private static final Pattern MONEY = Pattern.compile("[$€]\\s*(\\d+(?:\\.\\d+)?)|(\\d+),(\\d+)");

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("ms", "ms"),
            Map.entry("msec", "ms"),
            Map.entry("millis", "ms"),
            Map.entry("milliseconds", "ms"),
            Map.entry("sec", "s"),
            Map.entry("secs", "s"),
            Map.entry("second", "s"),
            Map.entry("seconds", "s"),
            Map.entry("min", "m"),
            Map.entry("mins", "m"),
            Map.entry("minute", "m"),
            Map.entry("minutes", "m"),
            Map.entry("hour", "h"),
            Map.entry("hours", "h"));

    private IntendedValue() {}

    /** A URL that lacks its scheme, or has another one; empty where that does not make it one. */
    static Optional<String> url(String text) {
        String rest = SCHEME.matcher(text).replaceFirst("");
        // A host alone may be any word.
        return rest.contains(".") || rest.contains(":")
                ? Optional.of((isNear(rest) ? "http://" : "https://") + rest)
                        .filter(url -> UrlRules.problem(url) == null)
                : Optional.empty();
    }

    /** What listens on this machine or in a private network seldom speaks TLS. */
    private static boolean isNear(String rest) {
        return UrlRules.parse("http://" + rest)
                .flatMap(Origin::of)
                .filter(origin -> origin.isPrivate() || origin.isLocal())
                .isPresent();
    }

    /** A duration whose unit is written out. */
    static Optional<String> duration(String text) {
        Matcher amount = AMOUNT.matcher(text.strip());
        return amount.matches()
                ? Optional.ofNullable(UNITS.get(amount.group(2).toLowerCase(Locale.ROOT)))
                        .map(unit -> amount.group(1) + unit)
                : Optional.empty();
    }

    /** A whole number with separators, or in thousands. */
    static Optional<String> count(String text) {
        String stripped = text.strip();
        Matcher thousands = THOUSANDS.matcher(stripped);
        if (thousands.matches()) {
            return Optional.of(thousands.group(1) + "000");
        }
        return GROUPED.matcher(stripped).matches() ? Optional.of(stripped.replaceAll("\\D", "")) : Optional.empty();
    }

    /** A price with its currency, or with a decimal comma. */
    static Optional<String> price(String text) {
        Matcher money = MONEY.matcher(text.strip());
        if (!money.matches()) {
            return Optional.empty();
        }
        return Optional.of(money.group(1) == null ? money.group(2) + "." + money.group(3) : money.group(1));
    }
}
