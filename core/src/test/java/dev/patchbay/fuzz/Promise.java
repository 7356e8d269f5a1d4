package dev.patchbay.fuzz;

import java.util.List;

/** What every input must leave true. */
final class Promise {

    private Promise() {}

    static void holds(boolean good, String promise) {
        if (!good) {
            throw new AssertionError("broken: " + promise);
        }
    }

    /** Nothing was found; otherwise the output that was judged is part of the message. */
    static void noViolations(List<String> violations, String output) {
        if (!violations.isEmpty()) {
            throw new AssertionError(violations + "\n" + output);
        }
    }

    static void same(String expected, String actual, String promise) {
        if (!expected.equals(actual)) {
            throw new AssertionError("broken: " + promise + "\n" + expected + "\n--- but was ---\n" + actual);
        }
    }
}
