package dev.patchbay.daemon.web.view;

import java.util.List;

/**
 * A test of a provider.
 *
 * @param verdict in a sentence; empty while it runs
 * @param yaml what to write into the provider's file, as the test found
 */
public record TestView(
        String provider,
        String run,
        String model,
        boolean isRunning,
        boolean isPassed,
        List<Row> steps,
        String verdict,
        String yaml,
        List<String> hints) {

    /**
     * One step.
     *
     * @param state {@code running}, {@code passed}, {@code failed} or {@code skipped}
     */
    public record Row(String name, String state, String detail, String time, String help) {}
}
