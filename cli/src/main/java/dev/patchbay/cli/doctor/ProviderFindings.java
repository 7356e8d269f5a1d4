package dev.patchbay.cli.doctor;

import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.providers.DefaultCommand;
import dev.patchbay.cli.providers.PresetKeys;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.secret.FileSecret;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Auth;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The providers in effect, and the variables that they name. */
final class ProviderFindings {

    private ProviderFindings() {}

    static List<Finding> look(RegistrySnapshot registry, Invocation invocation) {
        Environment environment = invocation.environment();
        List<Finding> findings = new ArrayList<>();
        List<Provider> inEffect = registry.providers().stream()
                .filter(provider -> provider.state() != ProviderState.SHADOWED)
                .toList();
        long ready = inEffect.stream().filter(Provider::isReady).count();
        findings.add(Finding.ok("providers", inEffect.size() + ", " + ready + " of them ready"));
        findings.add(defaultProvider(registry));
        PresetKeys.sentence(registry, environment)
                .ifPresent(keys ->
                        findings.add(Finding.ok("keys", invocation.globals().withCommands(keys))));
        inEffect.forEach(provider -> secretFile(provider).ifPresent(findings::add));
        variables(inEffect).forEach((name, users) -> findings.add(variable(name, users, environment)));
        return findings;
    }

    static boolean isUnset(Diagnostic problem) {
        return problem.code() == Code.UNSET_VARIABLE;
    }

    private static Finding defaultProvider(RegistrySnapshot registry) {
        String id = registry.defaultProvider();
        if (registry.chosenDefault().isEmpty()) {
            return Finding.warn("default provider", DefaultCommand.none(registry), "or launch with --provider");
        }
        Optional<Provider> provider = registry.find(id);
        if (provider.isEmpty()) {
            return Finding.error("default provider", "no provider is named '" + id + "'", "correct defaultProvider");
        }
        if (provider.get().isReady()) {
            return Finding.ok("default provider", id);
        }
        String why = provider.get().reason().orElse(provider.get().state().name());
        return Finding.warn(
                "default provider",
                id + " is not ready: " + why,
                "make it ready, name another one with defaultProvider, or launch with --provider");
    }

    /** A key in a file of its own; the file is looked at, the key is not shown. */
    private static Optional<Finding> secretFile(Provider provider) {
        return provider.definition()
                .flatMap(definition -> definition.auth())
                .flatMap(Auth::key)
                .filter(FileSecret.class::isInstance)
                .map(FileSecret.class::cast)
                .map(secret -> secret.problem()
                        .map(problem -> Finding.error(
                                "key file",
                                secret.reference().reference() + " " + problem.words() + " (provider '" + provider.id()
                                        + "')",
                                problem.help()))
                        .orElseGet(() -> Finding.ok(
                                "key file",
                                secret.reference().reference() + ", only yours (provider '" + provider.id() + "')")));
    }

    private static Map<String, Set<String>> variables(List<Provider> providers) {
        Map<String, Set<String>> users = new LinkedHashMap<>();
        for (Provider provider : providers) {
            provider.tree()
                    .ifPresent(tree -> VariableNames.in(tree)
                            .forEach(name -> users.computeIfAbsent(name, absent -> new TreeSet<>())
                                    .add(provider.id())));
        }
        return users;
    }

    private static Finding variable(String name, Set<String> users, Environment environment) {
        Optional<String> value = environment.get(name);
        String state = value.isEmpty() ? "not set" : value.get().isBlank() ? "set, but blank" : "set";
        String detail = "$" + name + " is " + state + " (" + String.join(", ", users) + ")";
        return Finding.ok("variable", detail);
    }
}
