package dev.patchbay.cli.launch;

import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.ProblemNote;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Origin;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in one line each that provider files have problems other than those of the launch, and that one changes a built-in. */
public final class OtherProblems {

    private OtherProblems() {}

    public static void note(RegistrySnapshot registry, Optional<String> provider, Invocation invocation) {
        List<Diagnostic> others = new ArrayList<>(registry.diagnostics());
        registry.findNamed(provider.orElseGet(registry::defaultProvider))
                .map(Provider::problems)
                .ifPresent(others::removeAll);
        ProblemNote.print(others, invocation);
        registry.find(provider.orElseGet(registry::defaultProvider))
                .flatMap(used -> supplied(registry, used))
                .ifPresent(below -> invocation.terminal().err().println(changed(registry, below)));
    }

    /** The definition of the program or a plugin that a file of the user's stands over; empty if there is none. */
    private static Optional<Provider> supplied(RegistrySnapshot registry, Provider used) {
        return registry.providers().stream()
                .filter(other -> other.id().equals(used.id())
                        && other.layer().isSupplied()
                        && !used.layer().isSupplied())
                .findFirst();
    }

    private static String changed(RegistrySnapshot registry, Provider below) {
        Provider used = registry.find(below.id()).orElseThrow();
        String where = used.definition()
                .flatMap(Definition::baseUrl)
                .flatMap(Origin::of)
                .map(origin -> "; requests go to " + origin)
                .orElse("");
        return "patchbay: the " + below.layer().word() + " provider " + below.id() + " is changed by " + used.location()
                + where;
    }
}
