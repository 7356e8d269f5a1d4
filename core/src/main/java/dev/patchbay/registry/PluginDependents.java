package dev.patchbay.registry;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.plugin.PluginOutcome;
import java.util.List;
import java.util.Optional;

/** Finds the providers that do not work because a plugin was rejected. */
@InternalApi
public final class PluginDependents {

    private PluginDependents() {}

    /** Ids of the providers that a rejected plugin would have brought, or whose dialect or authentication it would have. */
    public static List<String> of(PluginOutcome.Rejected rejected, List<Provider> providers) {
        return providers.stream()
                .filter(provider -> isOwn(provider, rejected) || needs(provider, rejected))
                .map(Provider::id)
                .distinct()
                .toList();
    }

    private static boolean isOwn(Provider provider, PluginOutcome.Rejected rejected) {
        return provider.state() == ProviderState.UNAVAILABLE
                && rejected.definitions().stream()
                        .anyMatch(file -> file.name().equals(provider.location().source()));
    }

    private static boolean needs(Provider provider, PluginOutcome.Rejected rejected) {
        return lacks(provider, Code.UNKNOWN_DIALECT, text(provider.tree(), "dialect"), rejected)
                || lacks(provider, Code.UNKNOWN_AUTH, text(auth(provider), "type"), rejected);
    }

    private static boolean lacks(Provider provider, Code code, Optional<String> name, PluginOutcome.Rejected rejected) {
        return name.filter(rejected::wouldBring).isPresent()
                && provider.problems().stream().anyMatch(problem -> problem.code() == code);
    }

    private static Optional<MapNode> auth(Provider provider) {
        return provider.tree()
                .flatMap(tree -> tree.get("auth"))
                .filter(MapNode.class::isInstance)
                .map(MapNode.class::cast);
    }

    private static Optional<String> text(Optional<MapNode> tree, String key) {
        return tree.flatMap(node -> node.get(key))
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).text());
    }
}
