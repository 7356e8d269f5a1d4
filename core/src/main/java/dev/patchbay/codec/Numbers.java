package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Numbers of foreign JSON, read without surprises: what is no number is absent, what is too large is the largest. */
public final class Numbers {

    private Numbers() {}

    public static OptionalInt toInt(JsonNode node) {
        return node.isNumber() ? OptionalInt.of((int) node.doubleValue()) : OptionalInt.empty();
    }

    public static OptionalLong toLong(JsonNode node) {
        return node.isNumber() ? OptionalLong.of((long) node.doubleValue()) : OptionalLong.empty();
    }

    public static OptionalDouble toDouble(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.doubleValue()) : OptionalDouble.empty();
    }
}
