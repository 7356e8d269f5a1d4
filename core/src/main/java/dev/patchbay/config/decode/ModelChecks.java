package dev.patchbay.config.decode;

import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.provider.Definition;
import java.util.ArrayList;
import java.util.List;

/** Checks that aliases and the default model lead somewhere. */
final class ModelChecks {

    private final Context context;
    private final MapNode tree;

    ModelChecks(Context context, MapNode tree) {
        this.context = context;
        this.tree = tree;
    }

    void check(Definition definition) {
        if (tree.get("aliases").orElse(null) instanceof MapNode aliases) {
            for (MapNode.Entry entry : aliases.entries()) {
                alias(definition, entry);
            }
        }
        Node defaultModel = tree.get("defaultModel").orElse(null);
        if (defaultModel instanceof ScalarNode scalar && !definition.aliases().containsKey(scalar.text())) {
            listed(definition, scalar, "the default model");
        }
    }

    private void alias(Definition definition, MapNode.Entry entry) {
        String alias = entry.key().text();
        if (definition.models().containsKey(alias)) {
            context.error(entry.key()
                    .error(Code.ALIAS_IS_MODEL, "the alias " + alias + " is the id of a model as well")
                    .help("remove one of the two"));
            return;
        }
        ScalarNode target = (ScalarNode) entry.value();
        boolean isAlias = definition.aliases().containsKey(target.text())
                && !definition.models().containsKey(target.text());
        if (isAlias) {
            context.error(target.error(
                            Code.UNKNOWN_MODEL, "the alias " + alias + " leads to another alias, " + target.text())
                    .help("write the id of the model: " + definition.aliases().get(target.text())));
            return;
        }
        listed(definition, target, "the alias " + alias);
    }

    /** With a list of models, a name outside it is probably a mistake; it is used all the same. */
    private void listed(Definition definition, ScalarNode target, String what) {
        boolean unlisted = !definition.models().isEmpty()
                && !definition.models().containsKey(target.text())
                && !context.isDamaged("models");
        if (!unlisted) {
            return;
        }
        List<String> known = new ArrayList<>(definition.models().keySet());
        context.warn(target.warning(
                        Code.UNKNOWN_MODEL,
                        what + " names " + target.text() + ", which is not listed"
                                + Nearest.question(target.text(), known))
                .help("add it to models"));
    }
}
