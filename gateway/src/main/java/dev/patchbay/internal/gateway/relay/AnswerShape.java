package dev.patchbay.internal.gateway.relay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells an answer of one JSON body from one that is nothing but an error, whatever its status says (dialects.md, R9). */
final class AnswerShape {

    private static final Set<String> ANSWERS = Set.of("choices", "content", "output", "input_tokens", "data");
    private static final List<String> ERRORS = List.of("errors", "detail", "base_resp", "msg");
    private static final JsonFactory FACTORY = new JsonFactory();

    private AnswerShape() {}

    /** The error that a body is; empty if it is an answer, or is not JSON. */
    static Optional<JsonNode> failure(byte[] body) {
        if (isAnswer(body)) {
            return Optional.empty();
        }
        return Json.tryParse(new String(body, StandardCharsets.UTF_8)).filter(read -> {
            JsonNode first = read.isArray() ? read.path(0) : read;
            return ANSWERS.stream().noneMatch(name -> isAnswer(first.path(name)))
                    && (ERRORS.stream().anyMatch(first::hasNonNull) || ErrorReader.isError(first));
        });
    }

    private static boolean isAnswer(JsonNode member) {
        return member.isContainerNode() || member.isNumber();
    }

    /** Reads no further than to what says so: that is most of nearly every answer saved. */
    private static boolean isAnswer(byte[] body) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                token = parser.nextToken();
            }
            if (token != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (ANSWERS.contains(name) && (value.isStructStart() || value.isNumeric())) {
                    return true;
                }
                parser.skipChildren();
            }
            return false;
        } catch (IOException notJson) {
            return false;
        }
    }
}
