package dev.patchbay.codec.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads and writes JSON trees.
 *
 * <p>Strict: one value and nothing behind it (RFC 8259). Numbers keep every digit. Texts may be of any length; nesting is
 * limited to 500 levels, so that what was read can always be written inside something else, and numbers to 1 000 digits and exponents
 * of four. What is thrown never quotes the text. Safe for use by several threads.
 */
public final class Json {

    private static final int DEEPEST = 500;
    private static final int LARGEST_EXPONENT = 9999;

    private static final JsonMapper MAPPER = JsonMapper.builder(new SharedBuffers(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNestingDepth(DEEPEST)
                            .build())))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .nodeFactory(new BoundedNumbers())
            .build();
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);
    private static final ObjectReader LOOSE = READER.with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);
    private static final ObjectWriter WRITER = MAPPER.writer();

    private Json() {}

    /** An empty object to fill. */
    public static ObjectNode object() {
        return JsonValues.NODES.objectNode();
    }

    /** An empty array to fill. */
    public static ArrayNode array() {
        return JsonValues.NODES.arrayNode();
    }

    /**
     * Reads one value.
     *
     * @return the value; a missing node for blank text
     * @throws JsonSyntaxException if it is not JSON
     */
    public static JsonNode parse(String text) {
        try {
            return READER.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw syntax(notJson);
        } catch (NumberFormatException outOfRange) {
            throw outOfRange();
        }
    }

    /**
     * Reads one value in UTF-8.
     *
     * @return the value; a missing node for blank text
     * @throws JsonSyntaxException if it is not JSON
     */
    public static JsonNode parse(byte[] utf8) {
        return parse(utf8, 0, utf8.length);
    }

    /** Reads one value in UTF-8 from a part of an array; otherwise as {@link #parse(byte[])}. */
    public static JsonNode parse(byte[] utf8, int offset, int length) {
        try {
            return READER.readTree(utf8, offset, length);
        } catch (JsonProcessingException notJson) {
            throw syntax(notJson);
        } catch (IOException notUtf8) {
            throw new JsonSyntaxException("not UTF-8", notUtf8);
        } catch (NumberFormatException outOfRange) {
            throw outOfRange();
        }
    }

    /** Reads one value, or nothing where the text is not JSON. */
    public static Optional<JsonNode> tryParse(String text) {
        try {
            JsonNode node = READER.readTree(text);
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JsonProcessingException | NumberFormatException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Reads one value as Python prints it: {@code NaN} and {@code Infinity} become null. Otherwise as {@link #tryParse}.
     */
    public static Optional<JsonNode> tryParseLoose(String text) {
        try {
            JsonNode node = LOOSE.readTree(text);
            return node.isMissingNode() ? Optional.empty() : Optional.of(withoutNaN(node));
        } catch (JsonProcessingException | NumberFormatException notJson) {
            return Optional.empty();
        }
    }

    private static JsonNode withoutNaN(JsonNode node) {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            return JsonValues.NODES.nullNode();
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(withoutNaN(member.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutNaN(array.get(i)));
            }
        }
        return node;
    }

    /** Reads a text token by token, for one that may be cut. */
    public static JsonParser parser(String text) throws IOException {
        return MAPPER.createParser(text);
    }

    /** Whether a text is one JSON value and nothing else; builds no tree. */
    public static boolean isValid(String text) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }

    /** The value as compact text. */
    public static String text(JsonNode node) {
        try {
            return WRITER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The value as text for people: a line for each member, two spaces for each level, a line end behind it. */
    public static String pretty(JsonNode node) {
        try {
            return MAPPER.writer(new LinePrinter()).writeValueAsString(node) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The value as compact text in UTF-8; half a surrogate pair becomes {@code ?}. */
    public static byte[] bytes(JsonNode node) {
        return text(node).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonSyntaxException outOfRange() {
        return new JsonSyntaxException("not JSON: a number is out of range", null);
    }

    /** In words of our own: those of the parser repeat the text, which may be a key that lost its quotes. */
    private static JsonSyntaxException syntax(JsonProcessingException cause) {
        JsonLocation at = cause.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        String what = "something is wrong";
        if (cause instanceof JsonEOFException) {
            what = "it ends too early";
        } else if (cause instanceof StreamConstraintsException) {
            what = "it is nested deeper than " + DEEPEST + " levels, or a number or a name is too long";
        }
        return new JsonSyntaxException("not JSON: " + what + where, null);
    }

    /** An exponent is little to write, and more than any memory to spell out. */
    private static final class BoundedNumbers extends JsonNodeFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public ValueNode numberNode(BigDecimal value) {
            if (Math.abs((long) value.scale()) > LARGEST_EXPONENT) {
                throw new NumberFormatException();
            }
            return super.numberNode(value);
        }
    }
}
