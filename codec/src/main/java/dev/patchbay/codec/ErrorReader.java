package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.codec.ErrorWording.Meaning;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ProviderException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Reads errors of upstreams in any of the dialects and their many variants (dialects.md, section 1.4). Never throws. */
public final class ErrorReader {

    /** What comes back later than this is a quota, whatever it is called. */
    private static final Duration LONG_WAIT = Duration.ofHours(1);

    private static final List<String> FORWARDED = List.of("retry-after", "retry-after-ms", "x-should-retry");
    private static final List<String> REQUEST_IDS =
            List.of("x-request-id", "request-id", "x-generation-id", "apim-request-id");
    /** OpenAI; LiteLLM: hermes-agent#106427; ChatGPT: senpi#1969; Moonshot; OpenAI: hermes-agent#106427. */
    private static final List<String> QUOTA_CODES = List.of(
            "insufficient_quota",
            "terminal_quota_exhausted",
            "usage_limit_reached",
            "exceeded_current_quota_error",
            "billing_hard_limit_reached");

    /** OpenAI and many others; llama.cpp; GitHub Copilot: copilot-api#210; GitHub Models: aider#2296. */
    private static final List<String> OVERFLOW_CODES = List.of(
            "context_length_exceeded",
            "exceed_context_size_error",
            "model_max_prompt_tokens_exceeded",
            "tokens_limit_reached");

    /** Those of gateways too, which wrap what they were answered (pi#4563). */
    private static final Set<Integer> OVERFLOW_STATUSES = Set.of(400, 413, 422, 500, 502, 503);

    private ErrorReader() {}

    /**
     * Reads an answer that is an error.
     *
     * @param status the status; of one below 300 the body has to tell what it should have been
     * @param headers gives the first header of a name, ignoring case
     * @param body the body, as far as it could be read
     */
    public static UpstreamError read(int status, Function<String, Optional<String>> headers, byte[] body) {
        String type = headers.apply("content-type").orElse("");
        boolean readable = BodyCharset.isReadable(type, body, body.length);
        ErrorBody error = ErrorText.read(status, readable ? new String(body, StandardCharsets.UTF_8) : "");
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

    /** Whether a value that came in the place of an answer is an error, in whichever of the shapes. */
    public static boolean isError(JsonNode value) {
        return ErrorBody.isError(value);
    }

    /** The error that a stream begins with; empty if its first event is none. */
    public static Optional<UpstreamError> inFirstEvent(String events) {
        return ErrorEvent.in(events).stream()
                .findFirst()
                .filter(ErrorEvent::isError)
                .map(event -> readInside(event.json().orElseGet(() -> TextNode.valueOf(event.data()))));
    }

    /** Reads an error inside a 200, or inside a stream: {@code body} is the whole value that came. */
    public static UpstreamError readInside(JsonNode body) {
        ErrorBody error = ErrorBody.of(body);
        OptionalInt said = statusOf(error);
        ErrorBody full =
                error.message().isBlank() ? error.withMessage("upstream reported an error without a message") : error;
        return error(said.orElse(502), said.isPresent(), full, error.requestId(), Map.of());
    }

    /**
     * Reads a body that should have been an answer (R9): the cause it tells of, or else the body itself, at most 2000 characters.
     *
     * @param complaint what is missing in it
     */
    public static UpstreamError readBody(JsonNode body, String complaint) {
        ErrorBody error = ErrorBody.of(body);
        boolean told = !error.message().isBlank();
        boolean named = error.code().isTextual() || body.path("error").isObject();
        if (told || named) {
            return readInside(body);
        }
        String shown = body.isEmpty() ? "" : ": " + ErrorText.shown(Json.text(body));
        return new UpstreamError(502, Kind.SERVER, complaint + shown, error.requestId(), Map.of(), Map.of(), false);
    }

    private static UpstreamError error(
            int status, boolean stated, ErrorBody body, Optional<String> requestId, Map<String, String> headers) {
        boolean resets =
                body.retryDelay().filter(wait -> wait.compareTo(LONG_WAIT) < 0).isPresent()
                        || ErrorWording.says(Meaning.RESETS, body.message());
        boolean throttled = resets || ErrorWording.says(Meaning.THROTTLED, body.message());
        if (isQuota(status, stated, body, resets)) {
            Map<String, String> passed = new LinkedHashMap<>(headers);
            passed.put("x-should-retry", "false");
            return new UpstreamError(402, Kind.QUOTA, body.message(), requestId, passed);
        }
        if (!throttled && isOverflow(status, stated, body)) {
            return new UpstreamError(400, Kind.CONTEXT_LENGTH, body.message(), requestId, headers);
        }
        int said = throttled && (status == 413 || !stated) ? 429 : status;
        int answered = said < 400 || said > 599 ? 502 : said;
        Kind kind = ErrorKinds.kind(answered);
        boolean told = answered == said && (stated || answered == 429);
        return new UpstreamError(
                answered, kind, body.message(), requestId, waiting(kind, body, headers), Map.of(), told);
    }

    /** SDKs wait for as long as a header says; some upstreams only say it in the body. */
    private static Map<String, String> waiting(Kind kind, ErrorBody body, Map<String, String> headers) {
        boolean passes = kind == Kind.RATE_LIMIT || kind == Kind.OVERLOADED;
        boolean told = headers.containsKey("retry-after") || headers.containsKey("retry-after-ms");
        Optional<Duration> wait = body.retryDelay().or(() -> RetryAfter.inText(body.message()));
        if (!passes
                || told
                || wait.filter(length -> length.compareTo(LONG_WAIT) < 0).isEmpty()) {
            return headers;
        }
        Map<String, String> waiting = new LinkedHashMap<>(headers);
        waiting.put("retry-after", String.valueOf(wait.get().plusMillis(999).toSeconds()));
        return waiting;
    }

    /** What comes back by itself in a while is a limit of the rate, whatever it is called. */
    private static boolean isQuota(int status, boolean stated, ErrorBody body, boolean resets) {
        if (status == 402 || QUOTA_CODES.stream().anyMatch(code -> says(body, code))) {
            return true;
        }
        boolean possible = !stated || status == 400 || status == 403 || status == 429;
        return possible && !resets && ErrorWording.says(Meaning.QUOTA, body.message());
    }

    /** A stream tells its status only by words; where it does not, the message decides alone. */
    private static boolean isOverflow(int status, boolean stated, ErrorBody body) {
        if (OVERFLOW_CODES.stream().anyMatch(code -> says(body, code))) {
            return true;
        }
        return (!stated || OVERFLOW_STATUSES.contains(status))
                && !ErrorWording.says(Meaning.UNCERTAIN, body.message())
                && ErrorWording.says(Meaning.OVERFLOW, body.message());
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
}
