package dev.patchbay.registry;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Diagnostics;
import dev.patchbay.internal.config.decode.DecodedDefinition;
import dev.patchbay.internal.config.decode.DefinitionDecoder;
import dev.patchbay.internal.config.load.RawDefinition;
import dev.patchbay.internal.config.merge.DefinitionOrigins;
import dev.patchbay.internal.config.merge.ExtendsResolver;
import dev.patchbay.internal.config.merge.JarRules;
import dev.patchbay.internal.config.merge.MergedDefinition;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Definition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of the definitions of one id. */
final class DefinitionResolution {

    private final ExtendsResolver extending;
    private final DefinitionDecoder decoder;
    private final JarRules jars;
    private final Environment environment;
    private final Diagnostics diagnostics;

    DefinitionResolution(
            ExtendsResolver extending,
            DefinitionDecoder decoder,
            JarRules jars,
            Environment environment,
            Diagnostics diagnostics) {
        this.extending = extending;
        this.decoder = decoder;
        this.jars = jars;
        this.environment = environment;
        this.diagnostics = diagnostics;
    }

    /**
     * Judges all definitions of one id.
     *
     * @param stack lowest layer first
     * @param replacedInCode whether a definition made in code stands above them all
     * @return the one in effect first
     */
    List<Provider> resolve(List<RawDefinition> stack, boolean replacedInCode) {
        List<Provider> resolved = new ArrayList<>(stack.size());
        if (replacedInCode) {
            stack.forEach(definition -> resolved.add(shadowed(definition, "replaced by a definition made in code")));
            return resolved;
        }
        int effective = effective(stack);
        RawDefinition top = stack.get(effective);
        List<RawDefinition> twins = stack.subList(effective + 1, stack.size());
        resolved.add(twins.isEmpty() ? provider(top) : twice(top, twins));
        for (int i = stack.size() - 1; i >= 0; i--) {
            if (i != effective) {
                resolved.add(shadowed(
                        stack.get(i),
                        "replaced by the definition at " + top.key().location()));
            }
        }
        if (effective > 0) {
            warnOfShadow(stack.get(effective - 1), top);
        }
        return resolved;
    }

    /** The index of the first of the highest layer. */
    private static int effective(List<RawDefinition> stack) {
        int index = stack.size() - 1;
        while (index > 0 && stack.get(index - 1).layer() == stack.get(index).layer()) {
            index--;
        }
        return index;
    }

    private Provider twice(RawDefinition first, List<RawDefinition> twins) {
        List<Diagnostic> problems = new ArrayList<>(first.problems());
        for (RawDefinition twin : twins) {
            problems.add(twin.key()
                    .error(
                            Code.ID_TWICE,
                            twin.id() + " is defined twice in the layer "
                                    + twin.layer().word())
                    .related(first.key().location(), "first defined here")
                    .help("rename one of the two, or merge them")
                    .build());
        }
        diagnostics.addAll(problems);
        return provider(first, ProviderState.INVALID, null, null, problems);
    }

    /** What no check foresaw ends one definition, and not the others, the file or whoever reads it. */
    private Provider provider(RawDefinition definition) {
        try {
            return merged(definition);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            List<Diagnostic> problems = new ArrayList<>(definition.problems());
            problems.add(RawDefinition.failed(definition.key(), e));
            diagnostics.addAll(problems);
            return provider(definition, ProviderState.INVALID, null, null, problems);
        }
    }

    private Provider merged(RawDefinition definition) {
        MergedDefinition merged = extending.merge(definition);
        List<Diagnostic> problems = new ArrayList<>(definition.problems());
        problems.addAll(merged.problems());
        if (!merged.followsOn()) {
            diagnostics.addAll(merged.problems());
        }
        DefinitionOrigins background = new DefinitionOrigins(merged, environment);
        if (!merged.isUsable()) {
            return provider(definition, ProviderState.INVALID, null, background, problems);
        }
        List<Diagnostic> ofJars = jars.problems(merged);
        if (!ofJars.isEmpty()) {
            problems.addAll(ofJars);
            diagnostics.addAll(ofJars);
            return provider(definition, ProviderState.INVALID, null, background, problems);
        }
        DecodedDefinition decoded = decoder.decode(merged);
        List<Diagnostic> found =
                decoded.enabled() ? decoded.problems() : MissingEnvironment.removeFrom(decoded.problems());
        problems.addAll(found);
        report(definition, found);
        return provider(
                definition, state(decoded, problems), decoded.definition().orElse(null), background, problems);
    }

    /** A built-in whose variable is not set is listed, and no problem of this user's. */
    private void report(RawDefinition definition, List<Diagnostic> found) {
        diagnostics.addAll(definition.layer().isSupplied() ? MissingEnvironment.removeFrom(found) : found);
    }

    private static ProviderState state(DecodedDefinition decoded, List<Diagnostic> problems) {
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

    private static Provider provider(
            RawDefinition definition,
            ProviderState state,
            @Nullable Definition decoded,
            @Nullable DefinitionOrigins background,
            List<Diagnostic> problems) {
        return new Provider(
                definition.id(),
                state,
                definition.layer(),
                definition.key().location(),
                decoded,
                background,
                problems,
                StateReasons.of(state, problems));
    }

    /** Whoever extends the lower definition means to replace it. */
    private void warnOfShadow(RawDefinition below, RawDefinition top) {
        if (ExtendsResolver.extendsItself(top)) {
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
