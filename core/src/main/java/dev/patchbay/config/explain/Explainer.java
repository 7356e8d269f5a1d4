package dev.patchbay.config.explain;

import dev.patchbay.config.explain.Leaf.Status;
import dev.patchbay.config.merge.Merged;
import dev.patchbay.config.template.Environment;
import dev.patchbay.config.tree.Node;
import dev.patchbay.provider.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Explains one definition by the definitions that it was merged from. Used once, by one thread. */
public final class Explainer {

    private static final List<String> EXTENDS = List.of("extends");

    private final List<Merged> chain = new ArrayList<>();
    private final List<Tree> own = new ArrayList<>();
    private final ValueText values;
    private final LaunchNotes launch;

    private Explainer(Merged merged, Environment environment, Optional<Definition> definition) {
        this.values = new ValueText(environment);
        this.launch = new LaunchNotes(definition);
        for (Optional<Merged> at = Optional.of(merged);
                at.isPresent();
                at = at.get().below()) {
            chain.add(at.get());
            own.add(new Tree(at.get().definition().body()));
        }
    }

    /**
     * Explains a definition.
     *
     * @param definition what it became; without it, values that only have defaults are left out
     */
    public static Explanation explain(Merged merged, Environment environment, Optional<Definition> definition) {
        Explainer explainer = new Explainer(merged, environment, definition);
        Map<List<String>, Leaf> leaves = explainer.set();
        explainer.losses().forEach(leaves::putIfAbsent);
        definition.ifPresent(typed -> Defaults.of(typed).forEach(leaf -> addUnlessCovered(leaf, leaves)));
        List<Leaf> sorted = new ArrayList<>(leaves.values());
        sorted.sort((one, other) -> Integer.compare(Fields.order(one.path()), Fields.order(other.path())));
        return new Explanation(sorted);
    }

    private Map<List<String>, Leaf> set() {
        Map<List<String>, Leaf> leaves = new LinkedHashMap<>();
        // Not a part of the tree: it is what the tree was merged by.
        own.get(0).at(EXTENDS).ifPresent(found -> leaves.put(EXTENDS, leaf(found)));
        new Tree(chain.get(0).tree()).leaves().forEach((key, found) -> leaves.put(key, leaf(found)));
        return leaves;
    }

    private Leaf leaf(Tree.Found found) {
        Shown shown = values.of(found);
        Node node = found.node();
        return Leaf.builder(found.path(), Status.SET, shown.data())
                .shown(shown)
                .decidedBy(new Said(node.layer(), node.location(), shown.text()))
                .overrode(overrode(found))
                .atLaunch(launch.of(found.path(), shown.secret()))
                .build();
    }

    /** What the definitions below the one that says it say there. */
    private List<Said> overrode(Tree.Found found) {
        List<Said> lower = new ArrayList<>(0);
        boolean below = false;
        for (Tree tree : own) {
            Optional<Tree.Found> said = tree.at(found.path());
            if (said.isEmpty() || found.path().equals(EXTENDS)) {
                continue;
            }
            Node node = said.get().node();
            if (below) {
                lower.add(new Said(node.layer(), node.location(), text(said.get(), found.path())));
            }
            below |= node.layer() == found.node().layer()
                    && node.location().equals(found.node().location());
        }
        return lower;
    }

    private String text(Tree.Found said, List<String> path) {
        String text = values.of(said).text();
        boolean above = said.path().size() < path.size();
        return above ? String.join(".", said.path()) + ": " + text : text;
    }

    private Map<List<String>, Leaf> losses() {
        Losses losses = new Losses(values);
        for (int i = chain.size() - 2; i >= 0; i--) {
            losses.add(chain.get(i), chain.get(i + 1));
        }
        return losses.found();
    }

    private static void addUnlessCovered(Leaf leaf, Map<List<String>, Leaf> leaves) {
        for (int length = 1; length <= leaf.path().size(); length++) {
            Leaf known = leaves.get(leaf.path().subList(0, length));
            if (known != null && known.status() == Status.SET) {
                return;
            }
        }
        leaves.putIfAbsent(leaf.path(), leaf);
    }
}
