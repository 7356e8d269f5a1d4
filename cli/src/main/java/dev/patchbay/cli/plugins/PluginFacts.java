package dev.patchbay.cli.plugins;

import dev.patchbay.plugin.LoadedPlugin;
import dev.patchbay.plugin.PluginOutcome;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a listing says of a plugin.
 *
 * @param state {@code LOADED} or {@code REJECTED}
 * @param brings such as {@code dialect demo}; empty for a rejected one
 * @param reason why it was rejected
 */
record PluginFacts(String id, Optional<String> version, String state, List<String> brings, Optional<String> reason) {

    static PluginFacts of(PluginOutcome outcome) {
        if (outcome instanceof PluginOutcome.Rejected rejected) {
            return new PluginFacts(
                    rejected.id().orElse("-"),
                    rejected.version(),
                    "REJECTED",
                    List.of(),
                    Optional.of(rejected.reason()));
        }
        PluginOutcome.Loaded loaded = (PluginOutcome.Loaded) outcome;
        LoadedPlugin plugin = loaded.plugin();
        return new PluginFacts(plugin.id(), loaded.version(), "LOADED", brings(plugin), Optional.empty());
    }

    private static List<String> brings(LoadedPlugin plugin) {
        List<String> things = new ArrayList<>();
        for (Dialect dialect : plugin.dialects()) {
            things.add("dialect " + dialect.id());
        }
        for (Authenticator authenticator : plugin.authenticators()) {
            things.add("auth " + authenticator.type());
        }
        for (SecretSource source : plugin.secretSources()) {
            things.add("secrets " + source.scheme());
        }
        int files = plugin.definitions().size();
        if (files > 0) {
            things.add(files == 1 ? "1 provider file" : files + " provider files");
        }
        return things;
    }
}
