package dev.patchbay.registry;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Diagnostics;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.decode.DefinitionDecoder;
import dev.patchbay.internal.config.decode.PluginParts;
import dev.patchbay.internal.config.load.ConfigInput;
import dev.patchbay.internal.config.load.DefinitionReader;
import dev.patchbay.internal.config.load.LoadedDefinitions;
import dev.patchbay.internal.config.load.PresetReader;
import dev.patchbay.internal.config.load.Presets;
import dev.patchbay.internal.config.load.PrintedKeys;
import dev.patchbay.internal.config.load.RawDefinition;
import dev.patchbay.internal.config.merge.ExtendsResolver;
import dev.patchbay.internal.config.merge.JarRules;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.plugin.LoadedPlugin;
import dev.patchbay.internal.plugin.PluginOutcome;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds one snapshot: reads, lets the layers replace each other, merges, decodes. */
final class SnapshotBuilder {

    private static final Location IN_CODE = Location.of("code");

    private final Presets presets;
    private final Environment environment;
    private final CollectedPlugins parts;
    private final RejectedPlugins rejected;
    private final PluginParts pluginParts;
    private final Diagnostics diagnostics = new Diagnostics();

    SnapshotBuilder(
            List<LoadedPlugin> plugins,
            List<PluginOutcome.Rejected> rejected,
            Presets presets,
            Environment environment) {
        this.presets = presets;
        this.environment = environment;
        this.parts = CollectedPlugins.of(plugins);
        this.rejected = new RejectedPlugins(rejected);
        this.pluginParts = parts.pluginParts(this.rejected.missing());
    }

    RegistrySnapshot build(List<ConfigInput> inputs, List<Definition> inCode, List<Diagnostic> before) {
        LoadedDefinitions read = DefinitionReader.read(inputs, pluginParts.vocabulary());
        diagnostics.addAll(before);
        diagnostics.addAll(parts.problems());
        diagnostics.addAll(read.problems());
        List<RawDefinition> definitions = withoutPrintedKeys(withPresets(read.definitions()));
        for (RawDefinition definition : definitions) {
            diagnostics.addAll(definition.problems());
        }
        Map<String, Provider> codeById = inCode(inCode);
        Map<String, List<Provider>> byId = new TreeMap<>();
        codeById.forEach((id, provider) ->
                byId.computeIfAbsent(id, key -> new ArrayList<>(2)).add(provider));
        DefinitionResolution resolution = new DefinitionResolution(
                new ExtendsResolver(definitions, presets, environment),
                new DefinitionDecoder(environment, pluginParts),
                jarRules(definitions),
                environment,
                diagnostics);
        group(definitions).forEach((id, stack) -> {
            List<Provider> resolved = resolution.resolve(stack, codeById.containsKey(id));
            byId.computeIfAbsent(id, key -> new ArrayList<>(2)).addAll(resolved);
        });
        String defaultProvider = new DefaultChoice(diagnostics)
                .choose(
                        read.defaults(),
                        byId,
                        read.problems().stream()
                                .noneMatch(problem -> problem.code().isSyntax()));
        for (Provider lost : rejected.providers(pluginParts.vocabulary(), byId.keySet())) {
            byId.put(lost.id(), List.of(lost));
        }
        List<Provider> providers = withFallbacksChecked(byId);
        diagnostics.addAll(rejected.problems(providers));
        return new RegistrySnapshot(
                providers,
                diagnostics.sorted(),
                read.skipped(),
                defaultProvider,
                pluginParts,
                presets,
                new NamedPresets(this::preset),
                !read.defaults().isEmpty());
    }

    /** A preset as it stands: what is wrong with it is its own, and no problem of the registry. */
    private Optional<Provider> preset(String id) {
        PresetReader reader = new PresetReader(presets, pluginParts.vocabulary());
        return reader.named(id).map(named -> {
            List<RawDefinition> all = new ArrayList<>(reader.needed(List.of(named)));
            all.add(named);
            all = withoutPrintedKeys(all);
            DefinitionResolution resolution = new DefinitionResolution(
                    new ExtendsResolver(all, presets, environment),
                    new DefinitionDecoder(environment, pluginParts),
                    jarRules(all),
                    environment,
                    new Diagnostics());
            return resolution
                    .resolve(all.subList(all.size() - 1, all.size()), false)
                    .get(0);
        });
    }

    private JarRules jarRules(List<RawDefinition> definitions) {
        return new JarRules(definitions, presets, pluginParts.vocabulary(), environment);
    }

    private List<RawDefinition> withoutPrintedKeys(List<RawDefinition> definitions) {
        return PrintedKeys.removeFrom(definitions, environment, pluginParts::secretOptions);
    }

    private List<Provider> withFallbacksChecked(Map<String, List<Provider>> byId) {
        FallbackChecks checks = new FallbackChecks(byId, diagnostics);
        checks.findCircles();
        List<Provider> providers = new ArrayList<>();
        byId.values().forEach(all -> {
            providers.add(checks.checked(all.get(0)));
            providers.addAll(all.subList(1, all.size()));
        });
        return providers;
    }

    private List<RawDefinition> withPresets(List<RawDefinition> read) {
        List<RawDefinition> all = new ArrayList<>(new PresetReader(presets, pluginParts.vocabulary()).needed(read));
        all.addAll(read);
        return all;
    }

    /** By id, without the presets, lowest layer first. */
    private static Map<String, List<RawDefinition>> group(List<RawDefinition> definitions) {
        Map<String, List<RawDefinition>> stacks = new LinkedHashMap<>();
        for (RawDefinition definition : definitions) {
            if (definition.layer() != Layer.PRESET) {
                stacks.computeIfAbsent(definition.id(), id -> new ArrayList<>(1))
                        .add(definition);
            }
        }
        return stacks;
    }

    private static Map<String, Provider> inCode(List<Definition> definitions) {
        Map<String, Provider> byId = new LinkedHashMap<>();
        for (Definition definition : definitions) {
            byId.put(
                    definition.id(),
                    new Provider(
                            definition.id(),
                            ProviderState.READY,
                            Layer.EMBEDDER,
                            IN_CODE,
                            definition,
                            null,
                            List.of(),
                            null));
        }
        return byId;
    }
}
