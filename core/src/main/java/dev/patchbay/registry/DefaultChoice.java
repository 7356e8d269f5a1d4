package dev.patchbay.registry;

import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostics;
import dev.patchbay.diagnostic.Nearest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses the default provider: the highest layer that names one wins (provider-files.md, section 1). */
final class DefaultChoice {

    /** The default provider where no file names one. */
    static final String USUAL = "anthropic";

    private static final int FEW = 12;

    private final Diagnostics diagnostics;

    DefaultChoice(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    String choose(List<ScalarNode> named, Set<String> ids) {
        ScalarNode chosen = null;
        for (ScalarNode next : named) {
            if (chosen != null && chosen.layer() == next.layer()) {
                twice(chosen, next);
            } else {
                chosen = next;
            }
        }
        return chosen == null ? USUAL : checked(chosen, ids);
    }

    private String checked(@Nullable ScalarNode chosen, Set<String> ids) {
        if (chosen == null) {
            return USUAL;
        }
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
