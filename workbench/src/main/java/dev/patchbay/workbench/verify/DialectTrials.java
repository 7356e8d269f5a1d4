package dev.patchbay.workbench.verify;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.plugin.LoadedPlugins;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistryBuilder;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.Option;
import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Providers made up to try a dialect with, written as a user would write them and read as a host reads them.
 *
 * <p>They extend a provider file that comes with the jar where there is one for the dialect: its author knows best what the
 * dialect wants.
 */
final class DialectTrials {

    private static final String ID = "verify-trial";
    private static final String SOURCE = "trial.yaml";
    /** About the environment, and that is not the plugin's. */
    private static final Set<Code> OF_THE_ENVIRONMENT = EnumSet.of(Code.UNSET_VARIABLE, Code.SECRET_FILE);

    private final LoadedPlugins loaded;
    private final Dialect dialect;
    private final Optional<Definition> base;

    DialectTrials(LoadedPlugins loaded, Dialect dialect) {
        this.loaded = loaded;
        this.dialect = dialect;
        this.base = registry("").providers().stream()
                .filter(provider -> provider.layer() == Layer.PLUGIN)
                .flatMap(provider -> provider.definition().stream())
                .filter(definition -> definition.dialect().equals(dialect.id()))
                .findFirst();
    }

    /** Every plugin's provider files, without anything of the user's. */
    static RegistrySnapshot registry(LoadedPlugins loaded, String text) {
        RegistryBuilder registry = RegistrySnapshot.builder()
                .plugins(loaded.plugins())
                .rejected(loaded.rejected())
                .environment(name ->
                        name.equals(SampleRequests.VARIABLE) ? Optional.of(ScriptedHost.CANARY) : Optional.empty());
        return (text.isEmpty() ? registry : registry.text(Layer.USER, SOURCE, text)).build();
    }

    /** Whether a problem is an error in what a plugin brought, and not in the environment. */
    static boolean isFault(Diagnostic problem) {
        return problem.isError() && !OF_THE_ENVIRONMENT.contains(problem.code());
    }

    /** A provider with just what the dialect needs. */
    Provider plain(URI baseUrl) {
        return provider(baseUrl, Map.of());
    }

    /** The same with an option set, as a file writes it. */
    Provider with(Option option, String yaml) {
        return provider(URI.create("http://127.0.0.1:9/v1"), Map.of(option.name(), yaml));
    }

    private Provider provider(URI baseUrl, Map<String, String> options) {
        Map<String, String> all = new LinkedHashMap<>();
        base.ifPresent(definition -> optionsOfAuth(definition).forEach(option -> all.put(option.name(), "null")));
        // A secret belongs to the address that the definition of the jar names, and these are elsewhere.
        if (base.isEmpty() || dialect.needsBaseUrl()) {
            dialect.options().stream()
                    .filter(Option::isRequired)
                    .filter(option -> base.isEmpty() || option.type() == Option.Type.SECRET)
                    .forEach(option -> all.put(
                            option.name(),
                            SampleRequests.accepted(option).get(0).yaml()));
        }
        all.putAll(options);
        StringBuilder text = new StringBuilder("providers:\n  " + ID + ":\n");
        text.append(
                base.map(definition -> "    extends: " + definition.id() + "\n").orElse(""));
        text.append("    dialect: ").append(dialect.id()).append("\n    auth: none\n");
        if (dialect.needsBaseUrl()) {
            text.append("    baseUrl: ").append(baseUrl).append('\n');
        }
        if (!all.isEmpty()) {
            text.append("    options:\n");
            all.forEach((name, yaml) ->
                    text.append("      ").append(name).append(": ").append(yaml).append('\n'));
        }
        return registry(text.toString()).find(ID).orElseThrow();
    }

    /** A trial goes without a credential, and so without what only its authenticator knows. */
    private Stream<Option> optionsOfAuth(Definition definition) {
        Set<String> own = dialect.options().stream().map(Option::name).collect(Collectors.toSet());
        return loaded.plugins().stream()
                .flatMap(plugin -> plugin.authenticators().stream())
                .filter(authenticator -> definition.auth().map(Auth::type).equals(Optional.of(authenticator.type())))
                .flatMap(authenticator -> authenticator.options().stream())
                .filter(option -> !own.contains(option.name()));
    }

    private RegistrySnapshot registry(String text) {
        return registry(loaded, text);
    }
}
