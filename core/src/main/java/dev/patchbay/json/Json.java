package dev.patchbay.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads and writes JSON trees.
 *
 * <p>Strict: one value and nothing behind it (RFC 8259). Numbers keep every digit. Texts may be of any length; nesting is
 * limited to 500 levels, so that what was read can always be written inside something else. Safe for use by several threads.
 */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNestingDepth(500)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);
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
            throw syntax(outOfRange);
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
            throw syntax(outOfRange);
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

    /** Jackson lets this one through for an exponent of more digits than a decimal can have. */
    private static JsonSyntaxException syntax(NumberFormatException cause) {
        return new JsonSyntaxException("not JSON: a number is out of range", cause);
    }

    private static JsonSyntaxException syntax(JsonProcessingException cause) {
        JsonLocation at = cause.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new JsonSyntaxException("not JSON: " + cause.getOriginalMessage() + where, cause);
    }
}
