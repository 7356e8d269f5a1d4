package dev.patchbay.workbench.probe;

import dev.patchbay.spi.ProviderException;
import java.time.Duration;
import java.util.Optional;

/**
 * How one step ended.
 *
 * @param detail what was seen, or why the step was skipped; the provider's own words where it failed. No secret
 * @param time how long it took, every attempt included
 * @param failure what went wrong, for a step that failed with an error
 */
public record StepResult(Step step, State state, String detail, Duration time, Optional<ProviderException> failure) {

    /** How a step ended. */
    public enum State {
        OK,
        FAILED,
        /** Not made: the detail says why. */
        SKIPPED
    }

    /** What to do about a failure, if anything is known. */
    public Optional<String> help() {
        return failure.flatMap(ProviderException::help);
    }

    boolean isOk() {
        return state == State.OK;
    }
}
