package dev.patchbay.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the text of an error: JSON, events, lines of JSON, markup or words (dialects.md, E2 and E6). Never throws. */
final class ErrorText {

    /** Of what has no message of its own. */
    private static final int LONGEST_SHOWN = 2000;

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Set<String> MESSAGES = Set.of("message", "msg", "detail", "error");

    private final int status;

    private ErrorText(int status) {
        this.status = status;
    }

    /** What a body says, with words of our own where it says nothing. */
    static ErrorBody read(int status, String body) {
        String text = body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body;
        return new ErrorText(status).read(text.strip());
    }

    /** Of a text that somebody should read, so much as may be shown. */
    static String shown(String text) {
        return begin(text, LONGEST_SHOWN);
    }

    /** The begin of a text that is too long, without half of a character at its end. */
    static String begin(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    private ErrorBody read(String text) {
        Optional<JsonNode> json = Json.tryParse(text).or(() -> Json.tryParseLoose(text));
        if (json.isPresent() && json.get().isContainerNode()) {
            return json(json.get());
        }
        if (json.isPresent() && json.get().isTextual()) {
            String quoted = json.get().textValue().strip();
            return Json.tryParse(quoted)
                    .filter(JsonNode::isContainerNode)
                    .map(this::json)
                    .orElseGet(() -> words(quoted));
        }
        return ErrorEvent.areIn(text) ? events(text) : words(text);
    }

    private ErrorBody json(JsonNode json) {
        ErrorBody error = ErrorBody.of(json);
        return error.message().isBlank() ? error.withMessage(speechless(error, json)) : error;
    }

    /** Words for an error in JSON that has no message. */
    private String speechless(ErrorBody error, JsonNode json) {
        String word = error.code().isTextual()
                ? error.code().textValue()
                : error.type().asText("");
        if (!word.isBlank() && !word.equals("error")) {
            return "upstream returned HTTP " + status + ": " + word;
        }
        JsonNode said = json.has("error") ? json.path("error") : json;
        return said.isEmpty() ? unreadable() : shown(Json.text(said));
    }

    private ErrorBody words(String text) {
        if (text.startsWith("<")) {
            return ErrorBody.of(ErrorMarkup.message(text)
                    .orElseGet(() -> ErrorMarkup.page(text)
                            .filter(title -> !title.equals(String.valueOf(status)))
                            .map(title -> "upstream returned HTTP " + status + " and a web page: " + title)
                            .orElseGet(this::unreadable)));
        }
        return ErrorBody.of(text.isEmpty() ? unreadable() : shown(text));
    }

    private String unreadable() {
        return "upstream returned HTTP " + status + " without a readable error body";
    }

    /** The event that is an error; without one whatever says something. */
    private ErrorBody events(String text) {
        List<ErrorEvent> events = ErrorEvent.in(text);
        return events.stream()
                .filter(ErrorEvent::isError)
                .findFirst()
                .or(() -> events.stream().findFirst())
                .map(event -> event.json().map(this::json).orElseGet(() -> cut(event.data())))
                .orElseGet(() -> words(""));
    }

    /** What is no JSON: words, or JSON that was cut where it became too long, and begins with what counts. */
    private ErrorBody cut(String text) {
        if (!text.startsWith("{")) {
            return words(text.strip());
        }
        try (JsonParser parser = Json.parser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && MESSAGES.contains(String.valueOf(parser.currentName()))) {
                    return ErrorBody.of(shown(parser.getText()));
                }
            }
        } catch (IOException end) {
            return words(text);
        }
        return words(text);
    }
}
