package dev.patchbay.workbench.probe;

/** Hears of a test while it runs, on the thread that runs it. */
public interface ProbeListener {

    /** A step begins. */
    void began(Step step);

    /** A step ended. */
    void ended(StepResult result);

    /**
     * A refused request is sent again.
     *
     * @param with what is different, as a line of a provider file or in words
     */
    void tryingAgain(Step step, String with);
}
