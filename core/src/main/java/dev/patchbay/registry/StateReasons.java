package dev.patchbay.registry;

import dev.patchbay.diagnostic.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in one line why a provider is not ready. */
final class StateReasons {

    private StateReasons() {}

    static @Nullable String of(ProviderState state, List<Diagnostic> problems) {
        if (state == ProviderState.READY) {
            return null;
        }
        if (state == ProviderState.DISABLED) {
            return "enabled: false";
        }
        String first = null;
        int more = -1;
        for (Diagnostic problem : problems) {
            if (problem.isError()) {
                first = first == null ? problem.message() + " (" + problem.location() + ")" : first;
                more++;
            }
        }
        return more > 0 ? first + ", and " + more + " more" : first;
    }
}
