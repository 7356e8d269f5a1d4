package dev.patchbay.workbench.verify;

import java.util.List;
import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param name such as {@code dialect acme: closes twice}
 * @param detail why it failed or was left out, as one line
 */
public record VerifierCheck(String name, State state, Optional<String> detail) {

    private static final int MOST_FAULTS = 3;

    /** What came of it. */
    public enum State {
        PASSED,
        FAILED,
        /** It could not be looked at, which is not the plugin's fault. */
        SKIPPED
    }

    static VerifierCheck passed(String name) {
        return new VerifierCheck(name, State.PASSED, Optional.empty());
    }

    static VerifierCheck failed(String name, String why) {
        return new VerifierCheck(name, State.FAILED, Optional.of(oneLine(why)));
    }

    static VerifierCheck skipped(String name, String why) {
        return new VerifierCheck(name, State.SKIPPED, Optional.of(oneLine(why)));
    }

    /** Failed if there is anything wrong. */
    static VerifierCheck of(String name, List<String> faults) {
        if (faults.isEmpty()) {
            return passed(name);
        }
        int more = faults.size() - MOST_FAULTS;
        String first = String.join("; ", faults.subList(0, Math.min(faults.size(), MOST_FAULTS)));
        return failed(name, first + (more > 0 ? "; and " + more + " more" : ""));
    }

    /** A plugin's own words may hold what it should have kept to itself. */
    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ").replace(ScriptedHost.CANARY, "(the secret)");
    }
}
