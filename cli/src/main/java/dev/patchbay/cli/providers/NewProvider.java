package dev.patchbay.cli.providers;

import dev.patchbay.cli.command.UsageException;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.config.load.PresetReader;
import dev.patchbay.internal.config.schema.UrlRules;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.registry.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider file to begin with.
 *
 * @param notes what was found out on the way
 */
record NewProvider(String yaml, List<String> notes) {

    static NewProvider of(String id, Optional<String> from, Optional<String> keyVariable) {
        if (from.isEmpty()) {
            List<String> notes = UnsavedDefinitions.presets().contains(id)
                    ? List.of("there is a preset for it: --from preset:" + id)
                    : List.of();
            return new NewProvider(StarterFile.skeleton(id, keyVariable), notes);
        }
        String source = from.get().strip();
        return source.startsWith(PresetReader.PREFIX)
                ? ofPreset(id, source.substring(PresetReader.PREFIX.length()), keyVariable)
                : ofUrl(id, source, keyVariable);
    }

    private static NewProvider ofPreset(String id, String preset, Optional<String> keyVariable) {
        if (!UnsavedDefinitions.presets().contains(preset)) {
            throw ProviderLookup.problem(
                    Code.UNKNOWN_PROVIDER,
                    "there is no preset '" + preset + "'" + Nearest.question(preset, UnsavedDefinitions.presets()),
                    "`patchbay providers presets` lists them");
        }
        boolean hasKey = UnsavedDefinitions.of(
                        "providers: {" + UnsavedDefinitions.line(preset) + "}", Environment.of(Map.of()))
                .find(preset)
                .flatMap(provider -> UnsavedDefinitions.value(provider, "auth"))
                .isEmpty();
        return new NewProvider(StarterFile.ofPreset(id, preset, keyVariable, hasKey), List.of());
    }

    private static NewProvider ofUrl(String id, String url, Optional<String> keyVariable) {
        UrlRules.Problem problem = UrlRules.problem(url);
        if (problem != null) {
            boolean preset = UnsavedDefinitions.presets().contains(url);
            throw new UsageException("--from takes preset:ID or a URL: " + problem.message()
                    + (preset ? "; did you mean preset:" + url + "?" : ""));
        }
        UrlFacts address = UrlFacts.of(url);
        boolean keyless = address.isLocal() && keyVariable.isEmpty();
        if (url.regionMatches(true, 0, "http:", 0, 5) && !address.isLocal()) {
            throw ProviderLookup.problem(
                    Code.INSECURE_HTTP,
                    "the key would go unencrypted to a host that is neither this machine nor in a private network",
                    "write https://");
        }
        List<String> notes = new ArrayList<>();
        if (!address.pasted().isEmpty()) {
            notes.add("the URL ended in an operation's path, " + address.pasted() + ", which is left off");
        }
        if (keyless) {
            notes.add("the host is local, so no key is sent; --api-key-env NAME names one");
        }
        sameAsPreset(address).ifPresent(preset -> notes.add("there is a preset for it: --from preset:" + preset));
        return new NewProvider(StarterFile.ofAddress(id, address, keyVariable), notes);
    }

    private static Optional<String> sameAsPreset(UrlFacts address) {
        StringBuilder yaml = new StringBuilder("providers:\n");
        UnsavedDefinitions.presets()
                .forEach(id ->
                        yaml.append("  ").append(UnsavedDefinitions.line(id)).append('\n'));
        return UnsavedDefinitions.of(yaml.toString(), Environment.of(Map.of())).providers().stream()
                .filter(preset -> UnsavedDefinitions.value(preset, "baseUrl").equals(Optional.of(address.baseUrl())))
                .map(Provider::id)
                .findFirst();
    }
}
