package dev.patchbay.registry;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostics;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses the default provider: the highest layer that names one wins, but for plugin jars (provider-files.md, section 1). */
final class DefaultChoice {

    /** The default provider where no file names one. */
    static final String BUILT_IN = "anthropic";

    /** Answers with the same whatever is asked: nobody means it who does not name it. */
    static final String DEMO = "demo";

    private static final int FEW = 12;

    private final Diagnostics diagnostics;

    DefaultChoice(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** @param whole whether every file could be read: one that could not may name the default, or another ready provider */
    String choose(List<ScalarNode> named, Map<String, List<Provider>> byId, boolean whole) {
        Set<String> ids = byId.keySet();
        ScalarNode chosen = null;
        for (ScalarNode next : named) {
            if (next.layer() == Layer.PLUGIN) {
                ofPlugin(next);
            } else if (chosen != null && chosen.layer() == next.layer()) {
                twice(chosen, next);
            } else {
                chosen = next;
            }
        }
        return chosen == null ? unnamed(byId, whole) : checked(chosen, ids);
    }

    private static String unnamed(Map<String, List<Provider>> byId, boolean whole) {
        List<String> ready = new ArrayList<>();
        byId.forEach((id, stack) -> {
            if (stack.get(0).isReady() && !id.equals(DEMO)) {
                ready.add(id);
            }
        });
        return whole && ready.size() == 1 ? ready.get(0) : BUILT_IN;
    }

    private String checked(ScalarNode chosen, Set<String> ids) {
        String id = chosen.text();
        if (!ids.contains(id)) {
            String help = ids.size() <= FEW
                    ? "providers: " + String.join(", ", ids)
                    : "`patchbay providers list` shows all " + ids.size();
            diagnostics.add(
                    chosen.error(Code.UNKNOWN_PROVIDER, "there is no provider " + id + Nearest.question(id, ids))
                            .help(help)
                            .build());
        }
        return id;
    }

    /** Else a jar would be sent what names nobody. */
    private void ofPlugin(ScalarNode named) {
        diagnostics.add(named.warning(
                        Code.PLUGIN_DEFAULT, "a plugin does not choose the default provider, and this does not count")
                .help("to choose it yourself: `patchbay default " + named.text() + "`")
                .build());
    }

    private void twice(ScalarNode first, ScalarNode second) {
        diagnostics.add(second.error(
                        Code.DEFAULT_TWICE,
                        "defaultProvider is set twice in the layer "
                                + second.layer().word())
                .related(first.location(), "first set here")
                .help("keep one of the two")
                .build());
    }
}
