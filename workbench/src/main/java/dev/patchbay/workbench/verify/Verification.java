package dev.patchbay.workbench.verify;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.plugin.PluginOutcome;
import dev.patchbay.registry.Provider;
import java.util.List;

/**
 * What was found out about one jar.
 *
 * @param outcomes what a host makes of the plugins in it; it has nothing loaded any more
 * @param checks in the order in which they were made
 * @param problems of its provider files
 * @param providers what a host has with it: the built-in ones and its own, those that miss a rejected plugin too
 */
public record Verification(
        List<PluginOutcome> outcomes, List<VerifierCheck> checks, List<Diagnostic> problems, List<Provider> providers) {

    public Verification {
        outcomes = List.copyOf(outcomes);
        checks = List.copyOf(checks);
        problems = List.copyOf(problems);
        providers = List.copyOf(providers);
    }

    /** Whether no check failed. */
    public boolean isPassed() {
        return count(VerifierCheck.State.FAILED) == 0;
    }

    /** How many checks came out like this. */
    public long count(VerifierCheck.State state) {
        return checks.stream().filter(check -> check.state() == state).count();
    }
}
