package dev.patchbay.cli.providers;

import dev.patchbay.cli.command.UsageException;
import dev.patchbay.config.load.PresetReader;
import dev.patchbay.config.schema.UrlRules;
import dev.patchbay.config.template.Environment;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Nearest;
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
record Beginning(String yaml, List<String> notes) {

    static Beginning of(String id, Optional<String> from, Optional<String> keyVariable) {
        if (from.isEmpty()) {
            List<String> notes =
                    Trial.presets().contains(id) ? List.of("there is a preset for it: --from preset:" + id) : List.of();
            return new Beginning(StarterFile.skeleton(id, keyVariable), notes);
        }
        String source = from.get().strip();
        return source.startsWith(PresetReader.PREFIX)
                ? ofPreset(id, source.substring(PresetReader.PREFIX.length()), keyVariable)
                : ofUrl(id, source, keyVariable);
    }

    private static Beginning ofPreset(String id, String preset, Optional<String> keyVariable) {
        if (!Trial.presets().contains(preset)) {
            throw Lookup.problem(
                    Code.UNKNOWN_PROVIDER,
                    "there is no preset '" + preset + "'" + Nearest.question(preset, Trial.presets()),
                    "`patchbay providers presets` lists them");
        }
        boolean hasKey = Trial.of("providers: {" + Trial.line(preset) + "}", Environment.of(Map.of()))
                .find(preset)
                .flatMap(provider -> Trial.value(provider, "auth"))
                .isEmpty();
        return new Beginning(StarterFile.ofPreset(id, preset, keyVariable, hasKey), List.of());
    }

    private static Beginning ofUrl(String id, String url, Optional<String> keyVariable) {
        UrlRules.Problem problem = UrlRules.problem(url);
        if (problem != null) {
            boolean preset = Trial.presets().contains(url);
            throw new UsageException("--from takes preset:ID or a URL: " + problem.message()
                    + (preset ? "; did you mean preset:" + url + "?" : ""));
        }
        Address address = Address.of(url);
        boolean keyless = address.isLocal() && keyVariable.isEmpty();
        if (url.regionMatches(true, 0, "http:", 0, 5) && !address.isLocal()) {
            throw Lookup.problem(
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
        return new Beginning(StarterFile.ofAddress(id, address, keyVariable), notes);
    }

    private static Optional<String> sameAsPreset(Address address) {
        StringBuilder yaml = new StringBuilder("providers:\n");
        Trial.presets().forEach(id -> yaml.append("  ").append(Trial.line(id)).append('\n'));
        return Trial.of(yaml.toString(), Environment.of(Map.of())).providers().stream()
                .filter(preset -> Trial.value(preset, "baseUrl").equals(Optional.of(address.baseUrl())))
                .map(Provider::id)
                .findFirst();
    }
}
