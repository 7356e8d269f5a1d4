package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import java.util.Optional;

/** What stands in a client's request where content, or a part of it, belongs, and does not say what it is (dialects.md, Q4). */
public final class UntypedPart {

    private UntypedPart() {}

    /**
     * Its text: a text as it is, that of an object with one, and of whatever else is JSON the JSON; {@code ""} of null and of what
     * is missing, which say nothing. Empty if it is a list, or a part that says its type.
     */
    public static Optional<String> text(JsonNode part) {
        if (part.isArray() || part.path("type").isTextual()) {
            return Optional.empty();
        }
        if (part.isNull() || part.isMissingNode()) {
            return Optional.of("");
        }
        JsonNode said = part.isObject() ? part.path("text") : part;
        return Optional.of(said.isTextual() ? said.textValue() : Json.text(part));
    }
}
