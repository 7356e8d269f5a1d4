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
