package dev.patchbay.gateway;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.route.Route;
import dev.patchbay.route.RouteOverrides;
import dev.patchbay.route.RouteResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Routes over the whole registry (sessions.md, section 4): a name is an alias or model that the default provider lists, else
 * {@code provider/model}, else a model of the default provider.
 */
final class RegistryRouting implements ModelRouting {

    private static final Location REQUEST = Location.of("request");

    private final Supplier<RegistrySnapshot> registry;
    private final Optional<String> provider;
    private final Optional<String> model;

    /**
     * @param provider where every request goes; empty: where the model's name leads
     * @param model what every request asks for; empty: what the client names
     */
    RegistryRouting(Supplier<RegistrySnapshot> registry, Optional<String> provider, Optional<String> model) {
        this.registry = registry;
        this.provider = provider;
        this.model = model;
    }

    @Override
    public Route route(String name) {
        RegistrySnapshot snapshot = registry.get();
        String asked = model.orElse(name);
        return provider.isPresent() ? fixed(snapshot, provider.get(), asked) : free(snapshot, asked);
    }

    @Override
    public List<String> models() {
        RegistrySnapshot snapshot = registry.get();
        if (model.isPresent()) {
            return List.of(model.get());
        }
        String main = provider.orElseGet(snapshot::defaultProvider);
        List<String> names = new ArrayList<>();
        for (Provider listed : snapshot.providers()) {
            boolean shown =
                    listed.isReady() && (provider.isEmpty() || listed.id().equals(main));
            if (shown) {
                String prefix = listed.id().equals(main) ? "" : listed.id() + "/";
                listed.definition().ifPresent(definition -> addNames(definition, prefix, names));
            }
        }
        return names;
    }

    private static void addNames(Definition definition, String prefix, List<String> names) {
        definition.models().keySet().forEach(id -> names.add(prefix + id));
        definition.aliases().keySet().forEach(alias -> names.add(prefix + alias));
        definition
                .defaultModel()
                .map(id -> prefix + id)
                .filter(id -> !names.contains(id))
                .ifPresent(names::add);
    }

    /** Clients name models of their own, which mean nothing to this provider: those become its default model. */
    private Route fixed(RegistrySnapshot snapshot, String id, String asked) {
        Definition definition = definition(snapshot, id);
        String bare =
                asked.startsWith(id + "/") && !lists(definition, asked) ? asked.substring(id.length() + 1) : asked;
        boolean meant = model.isPresent() || lists(definition, bare) || !hasDefault(definition);
        return resolve(definition, meant ? bare : "");
    }

    private static Route free(RegistrySnapshot snapshot, String asked) {
        String main = snapshot.defaultProvider();
        boolean listed = snapshot.find(main)
                .flatMap(Provider::definition)
                .filter(definition -> lists(definition, asked))
                .isPresent();
        int slash = asked.indexOf('/');
        if (!listed && slash > 0 && snapshot.find(asked.substring(0, slash)).isPresent()) {
            return resolve(definition(snapshot, asked.substring(0, slash)), asked.substring(slash + 1));
        }
        return resolve(definition(snapshot, main), asked);
    }

    private static Route resolve(Definition definition, String name) {
        return RouteResolver.resolve(definition, name.isEmpty() ? RouteOverrides.none() : RouteOverrides.model(name));
    }

    private static boolean lists(Definition definition, String name) {
        return definition.models().containsKey(name) || definition.aliases().containsKey(name);
    }

    private static boolean hasDefault(Definition definition) {
        return definition.defaultModel().isPresent() || !definition.models().isEmpty();
    }

    /** Also of one that is not ready only for want of its key: the key's own error says best what to do. */
    private static Definition definition(RegistrySnapshot snapshot, String id) {
        Provider found = snapshot.find(id).orElseThrow(() -> unknown(snapshot, id));
        boolean usable = found.isReady() || found.state() == ProviderState.UNAVAILABLE;
        if (found.state() == ProviderState.DISABLED) {
            throw problem(
                    Code.PROVIDER_DISABLED,
                    "provider '" + id + "' is disabled",
                    "remove enabled: false, or name another provider");
        }
        return found.definition().filter(any -> usable).orElseThrow(() -> new ConfigurationException(found.problems()));
    }

    private static ConfigurationException unknown(RegistrySnapshot snapshot, String id) {
        List<String> near = snapshot.suggestions(id);
        return problem(
                Code.UNKNOWN_PROVIDER,
                "no provider is named '" + id + "'"
                        + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"),
                "define it in a provider file, or name another one: `patchbay providers list` shows what there is");
    }

    private static ConfigurationException problem(Code code, String message, String help) {
        return new ConfigurationException(
                List.of(Diagnostic.error(code, REQUEST, message).help(help).build()));
    }
}
