package dev.patchbay.workbench.probe;

import dev.patchbay.spi.ProviderException;
import dev.patchbay.workbench.probe.StepResult.State;
import java.util.Optional;

/** What a step found; its time is added by whoever ran it. */
record StepOutcome(State state, String detail, Optional<ProviderException> failure) {

    static StepOutcome ok(String detail) {
        return new StepOutcome(State.OK, detail, Optional.empty());
    }

    static StepOutcome skipped(String reason) {
        return new StepOutcome(State.SKIPPED, reason, Optional.empty());
    }

    static StepOutcome failed(String detail) {
        return new StepOutcome(State.FAILED, detail, Optional.empty());
    }

    static StepOutcome failed(ProviderException failure) {
        return new StepOutcome(State.FAILED, words(failure), Optional.of(failure));
    }

    /** A failure with its status. */
    static String words(ProviderException failure) {
        String message = String.valueOf(failure.getMessage());
        String status =
                failure.status().isPresent() ? "HTTP " + failure.status().getAsInt() : "";
        return status.isEmpty() || message.contains(status) ? message : status + ": " + message;
    }
}
