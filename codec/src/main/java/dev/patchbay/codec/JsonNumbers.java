package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Numbers of foreign JSON, read without surprises: what is no number is absent, what is too large is the largest. */
public final class JsonNumbers {

    /** Clients in JavaScript count exactly up to here. */
    private static final double LARGEST_COUNT = (1L << 53) - 1;

    private JsonNumbers() {}

    /**
     * Refuses a value with a number that is too large for a double ({@code 1e999}): most JSON is read into those, and who reads it strictly
     * refuses the whole request without saying why. A whole number with all its digits, such as an RSA key's, is none of these.
     *
     * @param place where the value stands; empty for a whole request
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST that says where the number is
     */
    public static void requireFinite(String place, JsonNode value) {
        if (value.isNumber()) {
            if (!value.isIntegralNumber() && !Double.isFinite(value.doubleValue())) {
                throw Bodies.invalid(
                        place + ": the number is too large for a provider's JSON; the largest is about 1.7e308");
            }
        } else if (value.isObject()) {
            value.properties().forEach(member -> {
                if (!member.getValue().isTextual()) {
                    requireFinite(place.isEmpty() ? member.getKey() : place + "." + member.getKey(), member.getValue());
                }
            });
        } else {
            for (int i = 0; i < value.size(); i++) {
                requireFinite(place + "." + i, value.path(i));
            }
        }
    }

    public static OptionalInt toInt(JsonNode node) {
        OptionalDouble number = toDouble(node);
        return number.isPresent() ? OptionalInt.of((int) number.getAsDouble()) : OptionalInt.empty();
    }

    /** A limit; below 0 it means none, as with llama.cpp and LM Studio. */
    public static OptionalInt toLimit(JsonNode node) {
        OptionalInt limit = toInt(node);
        return limit.orElse(0) < 0 ? OptionalInt.empty() : limit;
    }

    /** A count of tokens, which some servers write as text: never below 0, and small enough for every client and for sums. */
    public static OptionalLong toCount(JsonNode node) {
        double count = node.isNumber() || node.isTextual() ? node.asDouble(Double.NaN) : Double.NaN;
        return Double.isNaN(count)
                ? OptionalLong.empty()
                : OptionalLong.of((long) Math.max(0, Math.min(count, LARGEST_COUNT)));
    }

    /** A number, which some clients write as text: what comes from a form or a variable. */
    public static OptionalDouble toDouble(JsonNode node) {
        double number = node.isNumber() || node.isTextual() ? node.asDouble(Double.NaN) : Double.NaN;
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
}
