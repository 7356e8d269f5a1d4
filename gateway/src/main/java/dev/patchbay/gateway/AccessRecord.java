package dev.patchbay.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What happened to one request; holds no header, no query and no body, so no secret.
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
 * @param complete false if the client left before the end
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
        boolean complete) {

    public AccessRecord {
        failedBefore = List.copyOf(failedBefore);
    }

    /** One line for a log. */
    @Override
    public String toString() {
        String before = failedBefore.isEmpty() ? "" : " (after " + String.join(", ", failedBefore) + " failed)";
        String ended = complete ? "" : " (client left)";
        return method + " " + path + " " + (status.isPresent() ? status.getAsInt() : "-") + " "
                + provider.orElse("-") + " " + model.orElse("-") + " " + mode.orElse("-") + " " + bytesIn + " "
                + bytesOut + " " + took.toMillis() + "ms " + requestId + before + ended;
    }
}
