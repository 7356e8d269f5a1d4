package dev.patchbay.probe;

import dev.patchbay.probe.StepResult.State;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;

/** What a step found; its time is added by whoever ran it. */
record Outcome(State state, String detail, Optional<ProviderException> failure) {

    static Outcome ok(String detail) {
        return new Outcome(State.OK, detail, Optional.empty());
    }

    static Outcome skipped(String reason) {
        return new Outcome(State.SKIPPED, reason, Optional.empty());
    }

    static Outcome failed(String detail) {
        return new Outcome(State.FAILED, detail, Optional.empty());
    }

    static Outcome failed(ProviderException failure) {
        return new Outcome(State.FAILED, words(failure), Optional.of(failure));
    }

    /** A failure with its status. */
    static String words(ProviderException failure) {
        String message = String.valueOf(failure.getMessage());
        String status =
                failure.status().isPresent() ? "HTTP " + failure.status().getAsInt() : "";
        return status.isEmpty() || message.contains(status) ? message : status + ": " + message;
    }
}
