package dev.patchbay.registry;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.config.SkippedFile;
import dev.patchbay.internal.config.decode.PluginParts;
import dev.patchbay.internal.config.load.Presets;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every provider there is, with its state, as of one moment. Immutable and safe for use by several threads.
 */
public final class RegistrySnapshot {

    private final List<Provider> providers;
    private final Map<String, Provider> effective;
    private final List<Diagnostic> diagnostics;
    private final List<SkippedFile> skipped;
    private final String defaultProvider;
    private final PluginParts plugged;
    private final Presets presets;
    private final NamedPresets named;
    private final boolean defaultNamed;

    RegistrySnapshot(
            List<Provider> providers,
            List<Diagnostic> diagnostics,
            List<SkippedFile> skipped,
            String defaultProvider,
            PluginParts plugged,
            Presets presets,
            NamedPresets named,
            boolean defaultNamed) {
        this.providers = List.copyOf(providers);
        this.effective = effective(providers);
        this.diagnostics = List.copyOf(diagnostics);
        this.skipped = List.copyOf(skipped);
        this.defaultProvider = defaultProvider;
        this.plugged = plugged;
        this.presets = presets;
        this.named = named;
        this.defaultNamed = defaultNamed;
    }

    /** The same registry with other providers. */
    RegistrySnapshot with(List<Provider> others, List<Diagnostic> problems, String byDefault) {
        return new RegistrySnapshot(others, problems, skipped, byDefault, plugged, presets, named, defaultNamed);
    }

    /** Starts a registry without any provider. */
    @InternalApi
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
     * The provider of an id for whoever names it: the one in effect, else the preset of that id as it stands
     * (docs/design/provider-files.md, section 1). A preset is ready when its variable is set; it is never the default provider, and
     * no name of a model leads a request of somebody else to it.
     */
    public Optional<Provider> findNamed(String id) {
        return find(id).or(() -> named.find(id));
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
    @InternalApi
    public List<SkippedFile> skipped() {
        return skipped;
    }

    /** The provider of a launch that names none: the one that a file names, else {@code anthropic} where it is ready, else the only
     * one that is; else {@code anthropic}, ready or not. It may not exist. */
    public String defaultProvider() {
        return defaultProvider;
    }

    /**
     * The provider that answers where none is named. Empty where that is nobody's choice: no file names one, {@link #defaultProvider} cannot
     * be asked, and several others could be ({@link #readyToChoose}); then a launch that names none is refused.
     */
    public Optional<String> chosenDefault() {
        boolean chosen = defaultNamed
                || find(defaultProvider).filter(Provider::isReady).isPresent()
                || readyToChoose().isEmpty();
        return chosen ? Optional.of(defaultProvider) : Optional.empty();
    }

    /** Whether a file says which provider is the default. */
    public boolean isDefaultNamed() {
        return defaultNamed;
    }

    /** The ids that a launch could be asked to choose from: ready, and no demonstration. */
    public List<String> readyToChoose() {
        return effective.values().stream()
                .filter(provider -> provider.isReady() && !provider.id().equals(DefaultChoice.DEMO))
                .map(Provider::id)
                .toList();
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

    /** Ids of providers and presets that are near to one that was not found, nearest first, at most three. */
    public List<String> suggestions(String id) {
        Set<String> known = new TreeSet<>(effective.keySet());
        known.addAll(presets.ids());
        // A preset is known, and yet not to be had everywhere.
        known.remove(id);
        return Nearest.all(id, known);
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
