package dev.patchbay.codec;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A failure of an upstream, in terms that every dialect can express (dialects.md, section 1.4).
 *
 * @param status the HTTP status for the client
 * @param kind what went wrong
 * @param message the upstream's own words, in full
 * @param requestId the upstream's id of the request
 * @param headers those to pass on to the client (E5), names in lower case, without the request id
 * @param details what a program reads, for dialects that have a place for it; usually empty
 * @param stated whether the upstream told the status, as its own or in words; otherwise it answered with a success that is of no use, or
 *     not at all
 */
public record UpstreamError(
        int status,
        Kind kind,
        String message,
        Optional<String> requestId,
        Map<String, String> headers,
        Map<String, Object> details,
        boolean stated) {

    /** The words by which coding agents recognise an overflow, and compact (E3). */
    private static final String TOO_LONG = "prompt is too long";

    public UpstreamError {
        requireNonNull(kind, "kind is null");
        requireNonNull(message, "message is null");
        headers = Map.copyOf(headers);
        details = Map.copyOf(details);
    }

    /** An error that the upstream stated, without details. */
    public UpstreamError(
            int status, Kind kind, String message, Optional<String> requestId, Map<String, String> headers) {
        this(status, kind, message, requestId, headers, Map.of(), true);
    }

    /** The same error in other words. */
    public UpstreamError withMessage(String text) {
        return new UpstreamError(status, kind, text, requestId, headers, details, stated);
    }

    /** What whoever runs the provider can do about it; empty where only its own words help. */
    public Optional<String> help() {
        return ErrorWording.says(ErrorWording.Meaning.SYSTEM_ORDER, message)
                ? Optional.of("set quirks: {midSystem: user} in the provider's file")
                : Optional.empty();
    }

    /** The error that an exception stands for, be it an upstream's or our own. */
    public static UpstreamError of(ProviderException exception) {
        int status = exception.kind() == Kind.CONTEXT_LENGTH
                ? 400
                : exception.status().orElseGet(() -> ErrorKinds.status(exception.kind()));
        Map<String, String> headers = new LinkedHashMap<>();
        exception.retryAfter().ifPresent(wait -> headers.put("retry-after-ms", String.valueOf(wait.toMillis())));
        exception.retryAfter().ifPresent(wait -> headers.put("retry-after", String.valueOf(seconds(wait))));
        if (exception.kind() == Kind.QUOTA) {
            headers.put("x-should-retry", "false");
        }
        String message = requireNonNull(exception.getMessage());
        return new UpstreamError(
                status,
                exception.kind(),
                message,
                exception.requestId(),
                headers,
                ErrorDetails.of(exception),
                exception.status().isPresent());
    }

    /** The same error, its advice part of the message: the only thing that SDKs show. */
    public UpstreamError withHelp() {
        return help().map(help -> withMessage(message + "; " + help)).orElse(this);
    }

    /** The {@code error.type} of Anthropic Messages (E1). */
    public String anthropicType() {
        return ErrorKinds.anthropicType(status);
    }

    /** The message for an Anthropic client: an overflow begins with the words of Anthropic's own error. */
    public String anthropicMessage() {
        if (kind != Kind.CONTEXT_LENGTH || message.startsWith(TOO_LONG)) {
            return message;
        }
        String numbers = ContextNumbers.of(message)
                .map(ContextNumbers::sentence)
                .filter(sentence -> !message.startsWith(sentence))
                .map(sentence -> ": " + sentence)
                .orElse("");
        return TOO_LONG + numbers + ": " + message;
    }

    /** The same error as an exception, with the status if it was stated. A {@code retry-after} that is a date counts from now. */
    public ProviderException toException() {
        ProviderException.Builder builder = ProviderException.builder(kind, message);
        if (stated) {
            builder.status(status);
        }
        requestId.ifPresent(builder::requestId);
        help().ifPresent(builder::help);
        RetryAfter.of(headers, Instant.now()).ifPresent(builder::retryAfter);
        Optional.ofNullable(headers.get("x-should-retry")).ifPresent(word -> builder.retryable(word.equals("true")));
        return builder.build();
    }

    private static long seconds(Duration wait) {
        return wait.plusMillis(999).toSeconds();
    }
}
