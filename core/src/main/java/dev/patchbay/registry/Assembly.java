package dev.patchbay.registry;

import dev.patchbay.config.decode.DefinitionDecoder;
import dev.patchbay.config.decode.Plugs;
import dev.patchbay.config.load.DefinitionReader;
import dev.patchbay.config.load.Definitions;
import dev.patchbay.config.load.Input;
import dev.patchbay.config.load.PresetReader;
import dev.patchbay.config.load.Presets;
import dev.patchbay.config.load.RawDefinition;
import dev.patchbay.config.merge.Extending;
import dev.patchbay.config.template.Environment;
import dev.patchbay.config.tree.Layer;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Diagnostics;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.plugin.LoadedPlugin;
import dev.patchbay.plugin.PluginOutcome;
import dev.patchbay.provider.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds one snapshot: reads, lets the layers replace each other, merges, decodes. */
final class Assembly {

    private static final Location IN_CODE = Location.of("code");

    private final Presets presets;
    private final Environment environment;
    private final PluggedParts parts;
    private final RejectedPlugins rejected;
    private final Plugs plugs;
    private final Diagnostics diagnostics = new Diagnostics();

    Assembly(
            List<LoadedPlugin> plugins,
            List<PluginOutcome.Rejected> rejected,
            Presets presets,
            Environment environment) {
        this.presets = presets;
        this.environment = environment;
        this.parts = PluggedParts.of(plugins);
        this.rejected = new RejectedPlugins(rejected);
        this.plugs = parts.plugs(this.rejected.missing());
    }

    RegistrySnapshot build(List<Input> inputs, List<Definition> inCode, List<Diagnostic> before) {
        Definitions read = DefinitionReader.read(inputs, plugs.vocabulary());
        diagnostics.addAll(before);
        diagnostics.addAll(parts.problems());
        diagnostics.addAll(read.problems());
        List<RawDefinition> definitions = withPresets(read.definitions());
        for (RawDefinition definition : definitions) {
            diagnostics.addAll(definition.problems());
        }
        Map<String, Provider> codeById = inCode(inCode);
        Map<String, List<Provider>> byId = new TreeMap<>();
        codeById.forEach((id, provider) ->
                byId.computeIfAbsent(id, key -> new ArrayList<>(2)).add(provider));
        Judgement judgement = new Judgement(
                new Extending(definitions, presets, environment),
                new DefinitionDecoder(environment, plugs),
                environment,
                diagnostics);
        group(definitions).forEach((id, stack) -> {
            List<Provider> judged = judgement.judge(stack, codeById.containsKey(id));
            byId.computeIfAbsent(id, key -> new ArrayList<>(2)).addAll(judged);
        });
        String defaultProvider = new DefaultChoice(diagnostics).choose(read.defaults(), byId.keySet());
        for (Provider lost : rejected.providers(plugs.vocabulary(), byId.keySet())) {
            byId.put(lost.id(), List.of(lost));
        }
        List<Provider> providers = withFallbacksChecked(byId);
        diagnostics.addAll(rejected.problems(providers));
        return new RegistrySnapshot(providers, diagnostics.sorted(), read.skipped(), defaultProvider, plugs, presets);
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
        List<RawDefinition> all = new ArrayList<>(new PresetReader(presets, plugs.vocabulary()).needed(read));
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
