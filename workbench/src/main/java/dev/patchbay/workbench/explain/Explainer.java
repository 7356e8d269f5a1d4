package dev.patchbay.workbench.explain;

import dev.patchbay.internal.config.merge.MergedDefinition;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.workbench.explain.ExplainedValue.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Explains one definition by the definitions that it was merged from. Used once, by one thread. */
public final class Explainer {

    private static final List<String> EXTENDS = List.of("extends");

    private final List<MergedDefinition> chain = new ArrayList<>();
    private final List<ValueTree> own = new ArrayList<>();
    private final ValueText values;
    private final LaunchNotes launch;

    private Explainer(MergedDefinition merged, Environment environment, Optional<Definition> definition) {
        this.values = new ValueText(environment);
        this.launch = new LaunchNotes(definition);
        for (Optional<MergedDefinition> at = Optional.of(merged);
                at.isPresent();
                at = at.get().below()) {
            chain.add(at.get());
            own.add(new ValueTree(at.get().definition().body()));
        }
    }

    /**
     * Where every value of a provider's definition comes from and what it overrode; empty for one that is shadowed or was
     * made in code. Worked out each time it is asked for.
     */
    public static Optional<Explanation> explain(Provider provider) {
        return provider.origins().map(made -> explain(made.merged(), made.environment(), provider.definition()));
    }

    /** @param definition what it became; without it, values that only have defaults are left out */
    private static Explanation explain(
            MergedDefinition merged, Environment environment, Optional<Definition> definition) {
        Explainer explainer = new Explainer(merged, environment, definition);
        Map<List<String>, ExplainedValue> leaves = explainer.set();
        explainer.losses().forEach(leaves::putIfAbsent);
        definition.ifPresent(typed -> DefaultValues.of(typed).forEach(leaf -> addUnlessCovered(leaf, leaves)));
        List<ExplainedValue> sorted = new ArrayList<>(leaves.values());
        sorted.sort((one, other) -> Integer.compare(FieldKinds.order(one.path()), FieldKinds.order(other.path())));
        return new Explanation(sorted);
    }

    private Map<List<String>, ExplainedValue> set() {
        Map<List<String>, ExplainedValue> leaves = new LinkedHashMap<>();
        // Not a part of the tree: it is what the tree was merged by.
        own.get(0).at(EXTENDS).ifPresent(found -> leaves.put(EXTENDS, leaf(found)));
        new ValueTree(chain.get(0).tree()).leaves().forEach((key, found) -> leaves.put(key, leaf(found)));
        return leaves;
    }

    private ExplainedValue leaf(ValueTree.Found found) {
        DisplayedValue shown = values.of(found);
        Node node = found.node();
        return ExplainedValue.builder(found.path(), Status.SET, shown.data())
                .shown(shown)
                .decidedBy(new DeclaredValue(node.layer(), node.location(), shown.text()))
                .overrode(overrode(found))
                .atLaunch(launch.of(found.path(), shown.secret()))
                .build();
    }

    /** What the definitions below the one that says it say there. */
    private List<DeclaredValue> overrode(ValueTree.Found found) {
        List<DeclaredValue> lower = new ArrayList<>(0);
        boolean below = false;
        for (ValueTree tree : own) {
            Optional<ValueTree.Found> said = tree.at(found.path());
            if (said.isEmpty() || found.path().equals(EXTENDS)) {
                continue;
            }
            Node node = said.get().node();
            if (below) {
                lower.add(new DeclaredValue(node.layer(), node.location(), text(said.get(), found.path())));
            }
            below |= node.layer() == found.node().layer()
                    && node.location().equals(found.node().location());
        }
        return lower;
    }

    private String text(ValueTree.Found said, List<String> path) {
        String text = values.of(said).text();
        boolean above = said.path().size() < path.size();
        return above ? String.join(".", said.path()) + ": " + text : text;
    }

    private Map<List<String>, ExplainedValue> losses() {
        LostValues losses = new LostValues(values);
        for (int i = chain.size() - 2; i >= 0; i--) {
            losses.add(chain.get(i), chain.get(i + 1));
        }
        return losses.found();
    }

    private static void addUnlessCovered(ExplainedValue leaf, Map<List<String>, ExplainedValue> leaves) {
        for (int length = 1; length <= leaf.path().size(); length++) {
            ExplainedValue known = leaves.get(leaf.path().subList(0, length));
            if (known != null && known.status() == Status.SET) {
                return;
            }
        }
        leaves.putIfAbsent(leaf.path(), leaf);
    }
}
