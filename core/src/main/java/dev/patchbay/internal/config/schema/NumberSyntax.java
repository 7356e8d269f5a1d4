package dev.patchbay.internal.config.schema;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

/** Numbers as JSON writes them: no sign of plus, no leading zero, no separators. */
public final class NumberSyntax {

    private static final int MAX_LENGTH = 40;

    private NumberSyntax() {}

    /** A whole number, 0 or more, that fits an int. */
    public static OptionalInt count(String text) {
        if (text.isEmpty() || text.length() > 10 || !isDigits(text, 0, text.length()) || hasLeadingZero(text, 0)) {
            return OptionalInt.empty();
        }
        long number = Long.parseLong(text);
        return number <= Integer.MAX_VALUE ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    /** A number. */
    public static Optional<BigDecimal> decimal(String text) {
        return isJsonNumber(text) ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** Whether the text is a number of JSON, of reasonable length. */
    static boolean isJsonNumber(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int whole = endOfDigits(text, at);
        if (text.length() > MAX_LENGTH || whole == at || hasLeadingZero(text.substring(0, whole), at)) {
            return false;
        }
        at = whole;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = endOfDigits(text, at + 1);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        return at == text.length() || isExponent(text, at);
    }

    private static boolean isExponent(String text, int at) {
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        int sign = at + 1 < text.length() && (text.charAt(at + 1) == '+' || text.charAt(at + 1) == '-') ? 1 : 0;
        int end = endOfDigits(text, at + 1 + sign);
        return end == text.length() && end > at + 1 + sign && end - at <= 5;
    }

    private static boolean hasLeadingZero(String text, int from) {
        return text.length() > from + 1 && text.charAt(from) == '0';
    }

    private static int endOfDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static boolean isDigits(String text, int from, int to) {
        return endOfDigits(text, from) == to;
    }
}
