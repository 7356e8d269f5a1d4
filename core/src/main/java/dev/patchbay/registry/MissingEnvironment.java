package dev.patchbay.registry;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Tells what is wrong with the environment from what is wrong with a definition. */
final class MissingEnvironment {

    private static final Set<Code> CODES = EnumSet.of(
            Code.UNSET_VARIABLE, Code.KEY_CHARACTER, Code.PLACEHOLDER_KEY, Code.SECRET_FILE, Code.KEY_TRIMMED);

    private MissingEnvironment() {}

    static List<Diagnostic> removeFrom(List<Diagnostic> problems) {
        List<Diagnostic> kept = new ArrayList<>(problems.size());
        for (Diagnostic problem : problems) {
            if (!CODES.contains(problem.code())) {
                kept.add(problem);
            }
        }
        return kept;
    }
}
