package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of a tool call, whatever a model made of them, as one JSON object (dialects.md, R4).
 *
 * <p>What is no object becomes {@code {"_raw_arguments": "<the text>"}}: the tool's own complaint then reaches the model
 * together with what it sent.
 */
public final class ToolInput {

    private static final String RAW = "_raw_arguments";

    private static final Pattern WRAPPING = Pattern.compile("^[\\s\\uFEFF]*(```\\w*\\s*)?");

    private ToolInput() {}

    /** Arguments as they stand in a call: an object, or its text. */
    public static ObjectNode of(JsonNode arguments) {
        if (arguments instanceof ObjectNode object) {
            return object;
        }
        if (arguments.isTextual()) {
            return parse(arguments.textValue());
        }
        return arguments.isNull() || arguments.isMissingNode() ? Json.object() : raw(Json.text(arguments));
    }

    /** Arguments as text. */
    public static ObjectNode parse(String text) {
        if (text.isBlank()) {
            return Json.object();
        }
        Optional<JsonNode> value = Json.tryParse(text).or(() -> Json.tryParse(unwrapped(text)));
        if (value.isEmpty()) {
            return raw(text);
        }
        JsonNode node = value.get();
        if (node instanceof ObjectNode object) {
            return object;
        }
        if (node.isNull()) {
            return Json.object();
        }
        if (node.isTextual() && Json.tryParse(node.textValue()).orElse(node) instanceof ObjectNode quoted) {
            return quoted;
        }
        return raw(text);
    }

    /** Without what a model or its server puts around an object: a mark of the file, a fence of Markdown, a tag, a brace too much. */
    private static String unwrapped(String text) {
        String inner = WRAPPING.matcher(text).replaceFirst("");
        int end = ToolArguments.objectEnd(inner);
        boolean another = inner.indexOf('{', end) >= 0;
        return end == 0 || another ? text : inner.substring(0, end);
    }

    /** The text of arguments that were read here: JSON, or what the model sent instead. */
    public static String text(Map<String, @Nullable Object> input) {
        return input.size() == 1 && input.get(RAW) instanceof String sent
                ? sent
                : Json.text(JsonValues.toObject(input));
    }

    /**
     * The text that a tool of free text was called with: the member that it has elsewhere, else the only text there is, for
     * models name that member as they like ({@code patch}), or leave the JSON out.
     */
    public static String freeForm(String arguments) {
        ObjectNode parsed = parse(arguments);
        JsonNode text = parsed.path(FreeFormInput.MEMBER);
        if (!text.isTextual() && parsed.size() == 1) {
            text = parsed.elements().next();
        }
        return text.isTextual() ? text.textValue() : arguments;
    }

    private static ObjectNode raw(String text) {
        return Json.object().put(RAW, text);
    }
}
