package dev.patchbay;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.plugin.PluginOrigin;
import dev.patchbay.internal.plugin.PluginOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What became of a plugin that was found: it works, or it was left out and says why. Immutable. */
public final class PluginReport {

    private final Optional<String> id;
    private final Optional<String> version;
    private final PluginOrigin origin;
    private final Optional<Diagnostic> problem;

    private PluginReport(
            Optional<String> id, Optional<String> version, PluginOrigin origin, Optional<Diagnostic> problem) {
        this.id = id;
        this.version = version;
        this.origin = origin;
        this.problem = problem;
    }

    static PluginReport of(PluginOutcome outcome) {
        if (outcome instanceof PluginOutcome.Rejected rejected) {
            Diagnostic why = rejected.diagnostic(List.of());
            return new PluginReport(rejected.id(), rejected.version(), rejected.origin(), Optional.of(why));
        }
        PluginOutcome.Loaded loaded = (PluginOutcome.Loaded) outcome;
        return new PluginReport(Optional.of(loaded.plugin().id()), loaded.version(), loaded.origin(), Optional.empty());
    }

    /** Its id; empty for one that was left out before it could say one. */
    public Optional<String> id() {
        return id;
    }

    /** Its {@code Implementation-Version}, if its manifest has one. */
    public Optional<String> version() {
        return version;
    }

    /** The jar, or the folder of jars; empty for one of the class path or of the application. */
    public Optional<Path> path() {
        return origin.path();
    }

    /** Whether it works. */
    public boolean isLoaded() {
        return problem.isEmpty();
    }

    /** Why it was left out, and what to do; empty if it works. The registry's diagnostics name the providers that lack it. */
    public Optional<Diagnostic> problem() {
        return problem;
    }

    @Override
    public String toString() {
        return "PluginReport[" + id.orElse("-") + ", " + origin.label() + ", "
                + problem.map(Diagnostic::message).orElse("loaded") + "]";
    }
}
