package dev.patchbay.cli.launch;

import dev.patchbay.cli.command.ProblemNote;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in one line that provider files have problems, where they are not those of the launch itself. */
final class OtherProblems {

    private OtherProblems() {}

    static void note(RegistrySnapshot registry, Optional<String> provider, Terminal terminal) {
        List<Diagnostic> others = new ArrayList<>(registry.diagnostics());
        registry.find(provider.orElseGet(registry::defaultProvider))
                .map(Provider::problems)
                .ifPresent(others::removeAll);
        ProblemNote.print(others, terminal);
    }
}
