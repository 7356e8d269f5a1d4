package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.json.Json;
import dev.patchbay.spi.ProviderException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads errors of upstreams in any of the dialects and their many variants (dialects.md, section 1.4). Never throws. */
public final class ErrorReader {

    private static final int LONGEST_TEXT = 2000;
    private static final List<String> FORWARDED = List.of("retry-after", "retry-after-ms", "x-should-retry");
    private static final List<String> REQUEST_IDS =
            List.of("x-request-id", "request-id", "x-generation-id", "apim-request-id");
    private static final Pattern OVERFLOW =
            Pattern.compile("(?s)maximum context length|context window|prompt is too long"
                    + "|exceed.{0,60}context|too many tokens|reduce the length of the messages");

    private ErrorReader() {}

    /**
     * Reads an answer that is an error.
     *
     * @param status the status; of one below 300 the body has to tell what it should have been
     * @param headers gives the first header of a name, ignoring case
     * @param body the body, as far as it could be read
     */
    public static UpstreamError read(int status, Function<String, Optional<String>> headers, byte[] body) {
        ErrorBody error = body(status, new String(body, StandardCharsets.UTF_8));
        Map<String, String> passed = new LinkedHashMap<>();
        FORWARDED.forEach(name -> headers.apply(name).ifPresent(value -> passed.put(name, value)));
        Optional<String> requestId = REQUEST_IDS.stream()
                .map(headers)
                .flatMap(Optional::stream)
                .findFirst()
                .or(error::requestId);
        OptionalInt said = status < 300 ? statusOf(error) : OptionalInt.of(status);
        return error(said.orElse(502), said.isPresent(), error, requestId, passed);
    }

    /** Reads an error inside a 200, or inside a stream: {@code body} is the whole value that came. */
    public static UpstreamError readInside(JsonNode body) {
        ErrorBody error = ErrorBody.of(body);
        OptionalInt said = statusOf(error);
        ErrorBody full =
                error.message().isBlank() ? error.withMessage("upstream reported an error without a message") : error;
        return error(said.orElse(502), said.isPresent(), full, error.requestId(), Map.of());
    }

    private static UpstreamError error(
            int status, boolean stated, ErrorBody body, Optional<String> requestId, Map<String, String> headers) {
        if (isQuota(status, body)) {
            Map<String, String> passed = new LinkedHashMap<>(headers);
            passed.put("x-should-retry", "false");
            return new UpstreamError(402, Kind.QUOTA, body.message(), requestId, passed);
        }
        if (isOverflow(status, stated, body)) {
            return new UpstreamError(400, Kind.CONTEXT_LENGTH, body.message(), requestId, headers);
        }
        int answered = status < 400 || status > 599 ? 502 : status;
        return new UpstreamError(answered, ErrorKinds.kind(answered), body.message(), requestId, headers);
    }

    private static boolean isQuota(int status, ErrorBody body) {
        return status == 402 || says(body, "insufficient_quota");
    }

    /** A stream tells its status only by words; where it does not, the message decides alone. */
    private static boolean isOverflow(int status, boolean stated, ErrorBody body) {
        if (says(body, "context_length_exceeded") || says(body, "exceed_context_size_error")) {
            return true;
        }
        boolean possible = !stated || status == 400 || status == 413 || status == 422 || status == 500;
        return possible
                && OVERFLOW.matcher(body.message().toLowerCase(Locale.ROOT)).find();
    }

    private static boolean says(ErrorBody body, String word) {
        return word.equals(body.code().textValue()) || word.equals(body.type().textValue());
    }

    private static OptionalInt statusOf(ErrorBody body) {
        OptionalInt number = number(body.code());
        if (number.isEmpty()) {
            number = number(body.type());
        }
        if (number.isPresent()) {
            return number;
        }
        OptionalInt word = ErrorKinds.status(body.code().asText(""));
        return word.isPresent() ? word : ErrorKinds.status(body.type().asText(""));
    }

    private static OptionalInt number(JsonNode value) {
        int status = value.isNumber() || value.isTextual() ? value.asInt(0) : 0;
        return status >= 400 && status <= 599 ? OptionalInt.of(status) : OptionalInt.empty();
    }

    private static ErrorBody body(int status, String text) {
        JsonNode json = Json.tryParse(text).orElse(MissingNode.getInstance());
        if (!json.isContainerNode()) {
            String said = json.isTextual() ? json.textValue() : text;
            return ErrorBody.of(isReadable(said) ? cut(said.strip()) : unreadable(status));
        }
        ErrorBody error = ErrorBody.of(json);
        return error.message().isBlank() ? error.withMessage(speechless(status, error, json)) : error;
    }

    /** Words for an error in JSON that has no message. */
    private static String speechless(int status, ErrorBody error, JsonNode json) {
        String word = error.code().isTextual()
                ? error.code().textValue()
                : error.type().asText("");
        if (!word.isBlank() && !word.equals("error")) {
            return "upstream returned HTTP " + status + ": " + word;
        }
        boolean unknownShape = !json.isEmpty() && !json.has("error");
        return unknownShape ? cut(Json.text(json)) : unreadable(status);
    }

    private static boolean isReadable(String text) {
        String start = text.stripLeading();
        return !start.isEmpty() && !start.startsWith("<");
    }

    private static String unreadable(int status) {
        return "upstream returned HTTP " + status + " without a readable error body";
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
