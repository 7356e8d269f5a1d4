package dev.patchbay.registry;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.config.ProcessEnvironment;
import dev.patchbay.internal.config.load.ConfigInput;
import dev.patchbay.internal.config.load.Presets;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.plugin.LoadedPlugin;
import dev.patchbay.internal.plugin.PluginOutcome;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the sources of a registry and builds the snapshot. Not safe for use by several threads.
 */
@InternalApi
public final class RegistryBuilder {

    private final List<LoadedPlugin> plugins = new ArrayList<>();
    private final List<PluginOutcome.Rejected> rejected = new ArrayList<>();
    private final List<ConfigInput> inputs = new ArrayList<>();
    private final List<Diagnostic> before = new ArrayList<>();
    private final List<Definition> definitions = new ArrayList<>();
    private Presets presets = Presets.NONE;
    private Environment environment = new ProcessEnvironment();
    private boolean strict;

    RegistryBuilder() {}

    /** Plugins in the order in which they were found; those without a jar are built in. */
    public RegistryBuilder plugins(List<LoadedPlugin> found) {
        for (LoadedPlugin plugin : found) {
            plugins.add(plugin);
            Layer layer = plugin.jar().isEmpty() ? Layer.BUILT_IN : Layer.PLUGIN;
            for (LoadedPlugin.DefinitionFile file : plugin.definitions()) {
                inputs.add(new ConfigInput.InMemory(layer, file.name(), file.content()));
            }
        }
        return this;
    }

    /** Plugins that were left out: reported, with the providers that do not work without them. */
    public RegistryBuilder rejected(List<PluginOutcome.Rejected> outcomes) {
        rejected.addAll(outcomes);
        return this;
    }

    /** Definitions that are inert, and not read, until {@code extends: preset:<id>} names them. Default: none. */
    public RegistryBuilder presets(Presets offered) {
        this.presets = requireNonNull(offered, "offered is null");
        return this;
    }

    /** Where variables are looked up. Default: the environment of this process. */
    public RegistryBuilder environment(Environment variables) {
        this.environment = requireNonNull(variables, "variables is null");
        return this;
    }

    /** Every {@code *.yaml} of a folder, in byte order of the names; a folder that does not exist is empty. */
    public RegistryBuilder folder(Layer layer, Path folder) {
        inputs.add(new ConfigInput.OnDisk(layer, requireNonNull(folder, "folder is null"), false));
        return this;
    }

    /** A file, or a folder as {@link #folder}; it is an error if it does not exist. */
    public RegistryBuilder path(Layer layer, Path fileOrFolder) {
        inputs.add(new ConfigInput.OnDisk(layer, requireNonNull(fileOrFolder, "fileOrFolder is null"), true));
        return this;
    }

    /** A provider file in a string; the name stands for it in messages. */
    public RegistryBuilder text(Layer layer, String name, String yaml) {
        inputs.add(new ConfigInput.InMemory(layer, name, yaml.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** A definition made in code, in the embedder's layer: taken as it is. */
    public RegistryBuilder definition(Definition definition) {
        definitions.add(requireNonNull(definition, "definition is null"));
        return this;
    }

    /** Problems found before; they are reported with the others. */
    public RegistryBuilder problems(List<Diagnostic> diagnostics) {
        before.addAll(diagnostics);
        return this;
    }

    /** Whether an error in any file fails the whole. Default: no, the provider is quarantined. */
    public RegistryBuilder strict(boolean value) {
        this.strict = value;
        return this;
    }

    /** The files and folders that are read. */
    List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        for (ConfigInput input : inputs) {
            if (input instanceof ConfigInput.OnDisk disk) {
                paths.add(disk.path());
            }
        }
        return paths;
    }

    /**
     * Reads everything and builds the snapshot.
     *
     * @throws ConfigurationException if it is strict and there is an error; it carries all of them
     */
    public RegistrySnapshot build() {
        RegistrySnapshot snapshot =
                new SnapshotBuilder(plugins, rejected, presets, environment).build(inputs, definitions, before);
        if (strict && snapshot.diagnostics().stream().anyMatch(Diagnostic::isError)) {
            throw new ConfigurationException(snapshot.diagnostics());
        }
        return snapshot;
    }
}
