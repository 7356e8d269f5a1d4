package dev.patchbay.registry;

import static java.util.Objects.requireNonNull;

import dev.patchbay.config.SkippedFile;
import dev.patchbay.config.decode.Plugs;
import dev.patchbay.config.load.Presets;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every provider there is, with its state, as of one moment. Immutable and safe for use by several threads.
 */
public final class RegistrySnapshot {

    private final List<Provider> providers;
    private final Map<String, Provider> effective;
    private final List<Diagnostic> diagnostics;
    private final List<SkippedFile> skipped;
    private final String defaultProvider;
    private final Plugs plugged;
    private final Presets presets;

    RegistrySnapshot(
            List<Provider> providers,
            List<Diagnostic> diagnostics,
            List<SkippedFile> skipped,
            String defaultProvider,
            Plugs plugged,
            Presets presets) {
        this.providers = List.copyOf(providers);
        this.effective = effective(providers);
        this.diagnostics = List.copyOf(diagnostics);
        this.skipped = List.copyOf(skipped);
        this.defaultProvider = defaultProvider;
        this.plugged = plugged;
        this.presets = presets;
    }

    /** The same registry with other providers. */
    RegistrySnapshot with(List<Provider> others, List<Diagnostic> problems, String byDefault) {
        return new RegistrySnapshot(others, problems, skipped, byDefault, plugged, presets);
    }

    /** Starts a registry without any provider. */
    public static RegistryBuilder builder() {
        return new RegistryBuilder();
    }

    /** Every provider, shadowed ones too: by id, the one in effect first. */
    public List<Provider> providers() {
        return providers;
    }

    /** The provider in effect for an id, whatever its state. */
    public Optional<Provider> find(String id) {
        return Optional.ofNullable(effective.get(requireNonNull(id, "id is null")));
    }

    /**
     * Every problem of the run, sorted by place.
     *
     * <p>A supplied provider whose variable is not set is not among them: it is listed, with its reason.
     */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** Files in the folders that were not read, and why. */
    public List<SkippedFile> skipped() {
        return skipped;
    }

    /** The provider of a launch that names none; {@code anthropic} unless a file says otherwise. It may not exist. */
    public String defaultProvider() {
        return defaultProvider;
    }

    /** A dialect that a plugin brought; those that core serves itself are not among them. */
    public Optional<Dialect> dialect(String id) {
        return Optional.ofNullable(plugged.dialects().get(id));
    }

    /** A way to authenticate that a plugin brought. */
    public Optional<Authenticator> authenticator(String type) {
        return Optional.ofNullable(plugged.authenticators().get(type));
    }

    /** A secret source that a plugin brought. */
    public Optional<SecretSource> secretSource(String scheme) {
        return Optional.ofNullable(plugged.secretSources().get(scheme));
    }

    /** Ids that are near to one that was not found, nearest first, at most three. */
    public List<String> suggestions(String id) {
        return Nearest.all(id, effective.keySet());
    }

    /** Ids that {@code extends: preset:<id>} can name, sorted; looked for when they are asked for first. */
    public Set<String> presets() {
        return presets.ids();
    }

    private static Map<String, Provider> effective(List<Provider> providers) {
        Map<String, Provider> byId = new LinkedHashMap<>();
        for (Provider provider : providers) {
            if (provider.state() != ProviderState.SHADOWED) {
                byId.put(provider.id(), provider);
            }
        }
        return Collections.unmodifiableMap(byId);
    }
}
