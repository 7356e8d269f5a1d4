package dev.patchbay.workbench.probe;

import dev.patchbay.workbench.probe.StepResult.State;
import java.util.List;

/**
 * How a test went.
 *
 * @param provider the id
 * @param dialect what was spoken, as the file says it
 * @param model the model on the wire
 * @param steps every step, in order
 * @param calls how many calls of the provider's API were made
 * @param suggestion what to write into the provider's file
 * @param interrupted whether the test was ended from this side
 */
public record ProbeReport(
        String provider,
        String dialect,
        String model,
        List<StepResult> steps,
        int calls,
        Suggestion suggestion,
        boolean interrupted) {

    /** Whether no step failed. */
    public boolean isPassed() {
        return !interrupted && steps.stream().noneMatch(step -> step.state() == State.FAILED);
    }
}
