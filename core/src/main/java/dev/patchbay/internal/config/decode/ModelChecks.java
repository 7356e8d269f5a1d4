package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.config.tree.Source;
import dev.patchbay.provider.Definition;
import java.util.ArrayList;
import java.util.List;

/** Checks that aliases and the default model lead somewhere. */
final class ModelChecks {

    private final DecodeContext context;
    private final MapNode tree;

    ModelChecks(DecodeContext context, MapNode tree) {
        this.context = context;
        this.tree = tree;
    }

    void check(Definition definition) {
        if (tree.get(ProviderFieldTable.ALIASES.name()).orElse(null) instanceof MapNode aliases) {
            for (MapNode.Entry entry : aliases.entries()) {
                alias(definition, entry);
            }
        }
        if (definition.unknownModelsDenied()
                && definition.models().isEmpty()
                && !context.isDamaged(ProviderFieldTable.MODELS)) {
            context.error(tree.get(ProviderFieldTable.UNKNOWN_MODELS.name())
                    .orElseThrow()
                    .error(Code.CONFLICT, "unknownModels: deny leaves no model, since none is listed")
                    .help("list the models that may be used: models: [model-a, model-b]"));
        }
        Node defaultModel = tree.get(ProviderFieldTable.DEFAULT_MODEL.name()).orElse(null);
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

    /**
     * A name outside a list of the same file is probably a mistake, though it is used all the same unless that is denied. An inherited list is
     * no reason to warn: an id that is newer than it may be what the definition is for.
     */
    private void listed(Definition definition, ScalarNode target, String what) {
        boolean listed = definition.models().containsKey(target.text());
        if (!listed && definition.unknownModelsDenied() && !context.isDamaged(ProviderFieldTable.MODELS)) {
            context.error(target.error(
                            Code.UNKNOWN_MODEL,
                            what + " names " + target.text() + ", which is not listed, and unknownModels is deny"
                                    + Nearest.question(
                                            target.text(), definition.models().keySet()))
                    .help("add it to models"));
            return;
        }
        if (listed || context.isDamaged(ProviderFieldTable.MODELS) || !isListIn(target.source())) {
            return;
        }
        List<String> known = new ArrayList<>(definition.models().keySet());
        context.warn(target.warning(
                        Code.UNKNOWN_MODEL,
                        what + " names " + target.text() + ", which is not listed"
                                + Nearest.question(target.text(), known))
                .help("add it to models"));
    }

    private boolean isListIn(Source source) {
        if (!(tree.get(ProviderFieldTable.MODELS.name()).orElse(null) instanceof MapNode models)) {
            return false;
        }
        for (MapNode.Entry entry : models.entries()) {
            if (entry.key().source().equals(source)) {
                return true;
            }
        }
        return false;
    }
}
