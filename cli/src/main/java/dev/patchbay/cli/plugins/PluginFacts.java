package dev.patchbay.cli.plugins;

import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.internal.plugin.LoadedPlugin;
import dev.patchbay.internal.plugin.PluginOutcome;
import dev.patchbay.registry.PluginDependents;
import dev.patchbay.registry.Provider;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the commands say of a plugin.
 *
 * @param state {@code LOADED} or {@code REJECTED}
 * @param place the jar as the user has it, or {@code class path}
 * @param path the jar, or the folder of jars
 * @param brings such as {@code dialect demo}; empty for a rejected one
 * @param reason why it was rejected
 * @param dependents ids of the providers that do not work without a rejected one
 */
record PluginFacts(
        String id,
        Optional<String> version,
        String state,
        String place,
        Optional<Path> path,
        Optional<String> sha256,
        List<String> brings,
        Optional<String> reason,
        List<String> dependents) {

    private static final int DIGITS_SHOWN = 12;

    static PluginFacts of(PluginOutcome outcome, List<Provider> providers) {
        Optional<Path> path = outcome.origin().path();
        String place = path.map(Path::toString).orElse(outcome.origin().label());
        Optional<String> sha256 = outcome.origin().sha256();
        if (outcome instanceof PluginOutcome.Rejected rejected) {
            return new PluginFacts(
                    rejected.id().orElse("-"),
                    rejected.version(),
                    "REJECTED",
                    place,
                    path,
                    sha256,
                    List.of(),
                    Optional.of(rejected.reason()),
                    PluginDependents.of(rejected, providers));
        }
        PluginOutcome.Loaded loaded = (PluginOutcome.Loaded) outcome;
        LoadedPlugin plugin = loaded.plugin();
        return new PluginFacts(
                plugin.id(),
                loaded.version(),
                "LOADED",
                place,
                path,
                sha256,
                brings(plugin),
                Optional.empty(),
                List.of());
    }

    /** As many digits of the digest as tell jars apart. */
    String shortDigest() {
        return sha256.map(digits -> digits.substring(0, DIGITS_SHOWN)).orElse("-");
    }

    /** What it brings; of a rejected one, why, and which providers lack it. */
    String summary() {
        if (reason.isEmpty()) {
            return String.join(", ", brings);
        }
        return reason.get()
                + (dependents.isEmpty() ? "" : "; not available without it: " + String.join(", ", dependents));
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("version", version)
                .put("state", state)
                .put("path", path.map(Path::toString))
                .put("sha256", sha256)
                .put("brings", brings)
                .put("reason", reason);
        return dependents.isEmpty() ? json : json.put("dependents", dependents);
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
