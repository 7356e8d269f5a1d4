package dev.patchbay.internal.config.merge;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.load.Presets;
import dev.patchbay.internal.config.load.RawDefinition;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Resolves {@code extends} (provider-files.md, section 4). Not safe for use by several threads. */
public final class ExtendsResolver {

    private static final int MAX_STEPS = 8;
    private static final int MAX_SHOWN = 10;

    private final ExtendedDefinitions bases;
    private final OriginStep origins;
    private final IdentityHashMap<RawDefinition, MergedDefinition> known = new IdentityHashMap<>();

    public ExtendsResolver(List<RawDefinition> definitions, Presets presets, Environment environment) {
        this.bases = new ExtendedDefinitions(definitions, presets);
        this.origins = new OriginStep(environment);
    }

    /** Whether a definition starts from the one of the same id below it. */
    public static boolean extendsItself(RawDefinition definition) {
        ScalarNode target = target(definition);
        return target != null && target.text().equals(definition.id());
    }

    /** The definition with everything it extends. */
    public MergedDefinition merge(RawDefinition definition) {
        List<RawDefinition> chain = new ArrayList<>(2);
        IdentityHashMap<RawDefinition, Integer> places = new IdentityHashMap<>(2);
        RawDefinition at = definition;
        while (at != null && !known.containsKey(at)) {
            Integer seen = places.putIfAbsent(at, chain.size());
            if (seen != null) {
                List<RawDefinition> circle = chain.subList(seen, chain.size());
                failAll(circle, cycle(circle));
                break;
            }
            chain.add(at);
            at = base(at);
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            RawDefinition next = chain.get(i);
            if (!known.containsKey(next)) {
                known.put(next, step(next));
            }
        }
        return result(definition);
    }

    private MergedDefinition result(RawDefinition definition) {
        MergedDefinition merged = known.get(definition);
        return merged == null ? step(definition) : merged;
    }

    private @Nullable RawDefinition base(RawDefinition definition) {
        ScalarNode target = target(definition);
        return target == null ? null : bases.find(definition, target.text());
    }

    private static @Nullable ScalarNode target(RawDefinition definition) {
        return definition.body().get(ProviderFieldTable.EXTENDS.name()).orElse(null) instanceof ScalarNode scalar
                ? scalar
                : null;
    }

    /** One definition upon what it extends, which is known by now. */
    private MergedDefinition step(RawDefinition definition) {
        ScalarNode target = target(definition);
        if (target == null) {
            return alone(definition);
        }
        RawDefinition base = base(definition);
        if (base == null) {
            return failed(definition, bases.notFound(definition, target), false);
        }
        MergedDefinition below = known.get(base);
        if (below == null || !below.isUsable() || base.hasErrors()) {
            return failed(definition, baseInvalid(target, base), true);
        }
        if (below.steps() + 1 > MAX_STEPS) {
            return failed(definition, tooLong(target), false);
        }
        OriginStep.Inherited inherited = origins.inherit(below.tree(), definition.body());
        Optional<Diagnostic> dropped = Optional.ofNullable(inherited.dropped());
        if (dropped.isEmpty() && !DefinitionCredentials.isDeclaredIn(definition.body())) {
            dropped = below.dropped();
        }
        return upon(definition, below, inherited, dropped);
    }

    private static MergedDefinition alone(RawDefinition definition) {
        TreeMerge merge = new TreeMerge();
        MapNode tree =
                merge.record(ProviderFieldTable.PROVIDER, definition.body().with(List.of()), definition.body());
        return new MergedDefinition(
                definition, tree, 0, merge.problems(), Optional.empty(), false, Optional.empty(), false);
    }

    private static MergedDefinition upon(
            RawDefinition definition,
            MergedDefinition below,
            OriginStep.Inherited inherited,
            Optional<Diagnostic> dropped) {
        TreeMerge merge = new TreeMerge();
        MapNode tree = merge.record(
                ProviderFieldTable.PROVIDER, SingleKeyRule.of(inherited.tree(), definition.body()), definition.body());
        List<Diagnostic> problems = new ArrayList<>(merge.problems());
        if (inherited.warning() != null) {
            problems.add(inherited.warning());
        }
        boolean moved = inherited.tree() != below.tree();
        return new MergedDefinition(
                definition, tree, below.steps() + 1, problems, dropped, false, Optional.of(below), moved);
    }

    private static MergedDefinition failed(RawDefinition definition, Diagnostic problem, boolean followsOn) {
        return new MergedDefinition(
                definition,
                definition.body(),
                0,
                List.of(problem),
                Optional.empty(),
                followsOn,
                Optional.empty(),
                false);
    }

    private void failAll(List<RawDefinition> chain, Diagnostic problem) {
        for (RawDefinition member : chain) {
            known.put(member, failed(member, problem, false));
        }
    }

    private static Diagnostic baseInvalid(ScalarNode target, RawDefinition base) {
        return target.error(Code.BASE_INVALID, "it extends " + target.text() + ", which has errors")
                .related(base.key().location(), target.text() + " is defined here")
                .build();
    }

    private static Diagnostic tooLong(ScalarNode target) {
        return target.error(Code.EXTENDS_TOO_LONG, "the chain of extends is longer than " + MAX_STEPS)
                .help("extend a definition that is nearer to the beginning of the chain")
                .build();
    }

    private static Diagnostic cycle(List<RawDefinition> circle) {
        List<RawDefinition> shown = circle.subList(0, Math.min(circle.size(), MAX_SHOWN));
        StringBuilder path = new StringBuilder();
        for (RawDefinition member : shown) {
            path.append(member.id()).append(" → ");
        }
        path.append(shown.size() < circle.size() ? "… → " : "");
        RawDefinition first = circle.get(0);
        Node place = first.body().get(ProviderFieldTable.EXTENDS.name()).orElse(first.body());
        Diagnostic.Builder problem = place.error(Code.EXTENDS_CYCLE, "extends goes in a circle: " + path + first.id())
                .help("remove one of these extends");
        for (RawDefinition member : shown.subList(1, shown.size())) {
            problem.related(
                    member.body()
                            .get(ProviderFieldTable.EXTENDS.name())
                            .orElse(member.body())
                            .location(),
                    member.id() + " extends here");
        }
        return problem.build();
    }
}
