package dev.patchbay.registry;

import dev.patchbay.config.decode.Decoded;
import dev.patchbay.config.decode.DefinitionDecoder;
import dev.patchbay.config.load.RawDefinition;
import dev.patchbay.config.merge.Extending;
import dev.patchbay.config.merge.Merged;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of the definitions of one id. */
final class Judgement {

    private final Extending extending;
    private final DefinitionDecoder decoder;
    private final Diagnostics diagnostics;

    Judgement(Extending extending, DefinitionDecoder decoder, Diagnostics diagnostics) {
        this.extending = extending;
        this.decoder = decoder;
        this.diagnostics = diagnostics;
    }

    /**
     * Judges all definitions of one id.
     *
     * @param stack lowest layer first
     * @param replacedInCode whether a definition made in code stands above them all
     * @return the one in effect first
     */
    List<Provider> judge(List<RawDefinition> stack, boolean replacedInCode) {
        RawDefinition top = effective(stack);
        List<Provider> judged = new ArrayList<>(stack.size());
        if (replacedInCode) {
            stack.forEach(definition -> judged.add(shadowed(definition, "replaced by a definition made in code")));
            return judged;
        }
        RawDefinition twin = twin(stack, top);
        judged.add(twin == null ? provider(top) : twice(top, twin));
        for (int i = stack.size() - 1; i >= 0; i--) {
            RawDefinition lower = stack.get(i);
            if (lower != top) {
                judged.add(shadowed(
                        lower, "replaced by the definition at " + top.key().location()));
            }
        }
        warnOfShadows(stack, top);
        return judged;
    }

    /** The first of the highest layer. */
    private static RawDefinition effective(List<RawDefinition> stack) {
        RawDefinition top = stack.get(stack.size() - 1);
        for (RawDefinition definition : stack) {
            if (definition.layer() == top.layer()) {
                return definition;
            }
        }
        return top;
    }

    private static @Nullable RawDefinition twin(List<RawDefinition> stack, RawDefinition top) {
        RawDefinition last = stack.get(stack.size() - 1);
        return last == top ? null : last;
    }

    private Provider twice(RawDefinition first, RawDefinition second) {
        Diagnostic problem = second.key()
                .error(
                        Code.ID_TWICE,
                        second.id() + " is defined twice in the layer "
                                + second.layer().word())
                .related(first.key().location(), "first defined here")
                .help("rename one of the two, or merge them")
                .build();
        diagnostics.add(problem);
        List<Diagnostic> problems = new ArrayList<>(first.problems());
        problems.add(problem);
        return provider(first, ProviderState.INVALID, problems);
    }

    private Provider provider(RawDefinition definition) {
        Merged merged = extending.merge(definition);
        List<Diagnostic> problems = new ArrayList<>(definition.problems());
        problems.addAll(merged.problems());
        if (!merged.followsOn()) {
            diagnostics.addAll(merged.problems());
        }
        if (!merged.isUsable()) {
            return provider(definition, ProviderState.INVALID, problems);
        }
        Decoded decoded = decoder.decode(merged);
        List<Diagnostic> found = decoded.enabled() ? decoded.problems() : Lacks.removeFrom(decoded.problems());
        problems.addAll(found);
        report(definition, found);
        ProviderState state = state(decoded, problems);
        return new Provider(
                definition.id(),
                state,
                definition.layer(),
                definition.key().location(),
                decoded.definition().orElse(null),
                merged.tree(),
                problems,
                Reasons.of(state, problems));
    }

    /** A built-in whose variable is not set is listed, and no problem of this user's. */
    private void report(RawDefinition definition, List<Diagnostic> found) {
        diagnostics.addAll(definition.layer().isSupplied() ? Lacks.removeFrom(found) : found);
    }

    private static ProviderState state(Decoded decoded, List<Diagnostic> problems) {
        if (decoded.invalid()) {
            return ProviderState.INVALID;
        }
        if (!decoded.enabled()) {
            return ProviderState.DISABLED;
        }
        for (Diagnostic problem : problems) {
            if (problem.isError()) {
                return ProviderState.UNAVAILABLE;
            }
        }
        return ProviderState.READY;
    }

    private static Provider shadowed(RawDefinition definition, String reason) {
        return new Provider(
                definition.id(),
                ProviderState.SHADOWED,
                definition.layer(),
                definition.key().location(),
                null,
                null,
                definition.problems(),
                reason);
    }

    private static Provider provider(RawDefinition definition, ProviderState state, List<Diagnostic> problems) {
        return new Provider(
                definition.id(),
                state,
                definition.layer(),
                definition.key().location(),
                null,
                null,
                problems,
                Reasons.of(state, problems));
    }

    /** Whoever extends the lower definition means to replace it. */
    private void warnOfShadows(List<RawDefinition> stack, RawDefinition top) {
        RawDefinition below = null;
        for (RawDefinition definition : stack) {
            below = definition.layer() == top.layer() ? below : definition;
        }
        if (below == null || Extending.extendsItself(top)) {
            return;
        }
        diagnostics.add(top.key()
                .warning(
                        Code.SHADOWED,
                        top.id() + " replaces the definition of the layer "
                                + below.layer().word())
                .related(below.key().location(), "it is defined here")
                .help("write extends: " + top.id() + " to change it instead")
                .build());
    }
}
