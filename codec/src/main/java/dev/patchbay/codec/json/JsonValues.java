package dev.patchbay.codec.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way between JSON trees and plain JDK values.
 *
 * <p>JDK values are {@code Map} in member order, {@code List}, {@code String}, {@code Boolean}, {@code Number} and null;
 * those made here are unmodifiable.
 */
public final class JsonValues {

    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonValues() {}

    /** The tree as a JDK value. */
    public static @Nullable Object toJdk(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return toMap(object);
        }
        if (node instanceof ArrayNode array) {
            return toList(array);
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNumber() ? node.numberValue() : null;
    }

    /** An object as a map. */
    public static Map<String, @Nullable Object> toMap(ObjectNode object) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.properties().forEach(member -> map.put(member.getKey(), toJdk(member.getValue())));
        return Collections.unmodifiableMap(map);
    }

    /**
     * A JDK value as a tree.
     *
     * @throws IllegalArgumentException if it is, or holds, something else than the types above
     */
    public static JsonNode toNode(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Map<?, ?> map) {
            return toObject(map);
        }
        if (value instanceof Collection<?> items) {
            ArrayNode array = NODES.arrayNode(items.size());
            items.forEach(item -> array.add(toNode(item)));
            return array;
        }
        if (value instanceof CharSequence text) {
            return NODES.textNode(text.toString());
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        throw new IllegalArgumentException(
                "not a JSON value: " + value.getClass().getName());
    }

    /** A map as an object; keys become texts. Otherwise as {@link #toNode}. */
    public static ObjectNode toObject(Map<?, ?> map) {
        ObjectNode object = NODES.objectNode();
        map.forEach((name, member) -> object.set(String.valueOf(name), toNode(member)));
        return object;
    }

    private static List<@Nullable Object> toList(ArrayNode array) {
        List<@Nullable Object> list = new ArrayList<>(array.size());
        array.forEach(item -> list.add(toJdk(item)));
        return Collections.unmodifiableList(list);
    }

    private static JsonNode number(Number number) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return NODES.numberNode(number.intValue());
        }
        if (number instanceof Long whole) {
            return NODES.numberNode(whole.longValue());
        }
        if (number instanceof BigInteger big) {
            return NODES.numberNode(big);
        }
        if (number instanceof BigDecimal big) {
            return NODES.numberNode(big);
        }
        return real(number.doubleValue());
    }

    /** JSON has no infinity and no NaN; a whole number is written without a fraction. */
    private static JsonNode real(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return NODES.nullNode();
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return NODES.numberNode((long) value);
        }
        return NODES.numberNode(value);
    }
}
