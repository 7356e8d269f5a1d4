package dev.patchbay.gateway;

import dev.patchbay.diagnostic.LiteralKeys;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What happened to one request; holds no header, no query and no body, so no secret. What was asked is not in it either, but for what
 * {@code said} may repeat of it, which {@link #toString} and {@link #toJson} leave out.
 *
 * @param requestId the id that the client was told
 * @param path without query
 * @param status what the client got; empty if it left before an answer began
 * @param provider where it went; empty if it went nowhere
 * @param model as it went on the wire
 * @param mode {@code relay}, {@code translate}, {@code plugin} or {@code local}; empty if it was refused
 * @param failedBefore providers that were asked before and failed, whose fallback this one is
 * @param bytesIn of the request's body
 * @param bytesOut of the answer's body
 * @param took from the head of the request to the end of the answer
 * @param complete whether the client got all of the answer
 * @param brokeOff whether the answer ended with an error behind its head; the client did not leave, then
 * @param at when the head of the request was there
 * @param failure why there was no answer, or not all of it; empty if nothing failed, or the client left
 * @param reason the same in the gateway's own words, and which fallbacks were passed over; empty where only the provider has said it
 * @param said the same in the words of whoever said it, without the keys that were sent; a provider may repeat what was asked
 * @param usage tokens, as far as the provider said
 * @param firstToken from the head of the request to the first piece of an answer that streams
 * @param traceId of the trace that the client's {@code traceparent} names
 */
public record AccessRecord(
        String requestId,
        String method,
        String path,
        OptionalInt status,
        Optional<String> provider,
        Optional<String> model,
        Optional<String> mode,
        List<String> failedBefore,
        long bytesIn,
        long bytesOut,
        Duration took,
        boolean complete,
        boolean brokeOff,
        Instant at,
        Optional<ProviderException.Kind> failure,
        Optional<String> reason,
        Optional<String> said,
        Usage usage,
        Optional<Duration> firstToken,
        Optional<String> traceId) {

    private static final int LONGEST_REASON = 300;

    /** Masks keys that were written where something else belongs. */
    public AccessRecord {
        method = LiteralKeys.maskIn(method);
        path = LiteralKeys.maskIn(path);
        model = model.map(LiteralKeys::maskIn);
        reason = reason.map(LiteralKeys::maskIn);
        failedBefore = List.copyOf(failedBefore);
    }

    /** One line for a log; nothing in it can act on a terminal, or pass for another line. */
    @Override
    public String toString() {
        String before = failedBefore.isEmpty() ? "" : " (after " + String.join(", ", failedBefore) + " failed)";
        String ended = complete ? "" : brokeOff ? " (broke off)" : " (client left)";
        String tokens = usage.inputTokens().isEmpty() && usage.outputTokens().isEmpty()
                ? ""
                : " tokens " + text(usage.inputTokens()) + "+" + text(usage.outputTokens());
        String why =
                failure.map(kind -> " " + kind.name().toLowerCase(Locale.ROOT)).orElse("")
                        + reason.map(words -> ": " + shortened(words)).orElse("");
        return Printable.line(at.truncatedTo(ChronoUnit.MILLIS) + " " + method + " " + path + " "
                + (status.isPresent() ? status.getAsInt() : "-") + " "
                + provider.orElse("-") + " " + model.orElse("-") + " " + mode.orElse("-") + " " + bytesIn + " "
                + bytesOut + " " + took.toMillis() + "ms " + requestId
                + traceId.map(id -> " trace " + id).orElse("") + tokens + before + ended + why);
    }

    /** The same as members for a log that programs read; what is not known is left out. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
        json.put("request_id", requestId);
        traceId.ifPresent(id -> json.put("trace_id", id));
        json.put("method", method);
        json.put("path", path);
        status.ifPresent(code -> json.put("status", code));
        provider.ifPresent(id -> json.put("provider", id));
        model.ifPresent(name -> json.put("model", name));
        mode.ifPresent(word -> json.put("mode", word));
        if (!failedBefore.isEmpty()) {
            json.put("failed_before", failedBefore);
        }
        json.put("bytes_in", bytesIn);
        json.put("bytes_out", bytesOut);
        json.put("took_ms", took.toMillis());
        firstToken.ifPresent(time -> json.put("first_token_ms", time.toMillis()));
        usage.inputTokens().ifPresent(count -> json.put("input_tokens", count));
        usage.outputTokens().ifPresent(count -> json.put("output_tokens", count));
        usage.cacheReadTokens().ifPresent(count -> json.put("cache_read_input_tokens", count));
        usage.cacheCreationTokens().ifPresent(count -> json.put("cache_creation_input_tokens", count));
        json.put("end", complete ? "complete" : brokeOff ? "broken" : "left");
        failure.ifPresent(kind -> json.put("failure", kind.name().toLowerCase(Locale.ROOT)));
        reason.ifPresent(words -> json.put("reason", shortened(words)));
        return json;
    }

    private static String text(OptionalLong count) {
        return count.isPresent() ? String.valueOf(count.getAsLong()) : "?";
    }

    private static String shortened(String words) {
        return words.length() <= LONGEST_REASON ? words : words.substring(0, LONGEST_REASON) + "…";
    }
}
