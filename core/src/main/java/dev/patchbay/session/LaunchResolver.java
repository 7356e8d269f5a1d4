package dev.patchbay.session;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.CommandFailure;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.http.SecretSearch;
import dev.patchbay.internal.models.ModelNames;
import dev.patchbay.internal.models.NamedModel;
import dev.patchbay.internal.route.AdHocProvider;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.ProviderException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Finds what a session's settings mean in a registry (the table of sessions.md, section 1), and refuses what cannot work
 * before anything is sent. Safe for use by several threads.
 */
final class LaunchResolver {

    private static final Location LAUNCH = Location.of("launch");

    /** Where a look-up starts no program and asks no plugin. */
    private static final Set<String> AT_HAND = Set.of("env", "given", "literal", "file");

    /** The providers of an artifact of its own, which who embeds the core may leave out. */
    private static final Set<String> BUILT_IN = Set.of("anthropic", "openrouter", "baseten");

    private final ModelNames names;

    LaunchResolver(ModelNames names) {
        this.names = names;
    }

    /**
     * The route of a launch; every secret that is at hand is there. Those that only a command or a plugin can tell are not
     * looked up. May wait for a list of models, a few seconds at most: where no provider is named, and the model's name has a slash
     * whose left part is no provider.
     *
     * @throws ConfigurationException if the provider is unknown or not ready, a setting is missing, or a secret is not set
     */
    Route resolve(RegistrySnapshot registry, SessionSettings settings) {
        return ready(registry, named(registry, settings, true));
    }

    /**
     * The same without asking anybody: where only the default provider's list could tell whether it has a model, it has.
     *
     * @throws ConfigurationException as for a launch
     */
    Route route(RegistrySnapshot registry, SessionSettings settings) {
        return ready(registry, named(registry, settings, false));
    }

    private static Route ready(RegistrySnapshot registry, SessionSettings settings) {
        Route route = routed(registry, settings);
        requireSecrets(
                route.secrets().stream()
                        .filter(secret -> AT_HAND.contains(secret.reference().source()))
                        .toList(),
                UnaryOperator.identity());
        SecretSearch keys = new SecretSearch();
        keys.add(route.secrets());
        MisplacedKey.refuseNames(settings, keys);
        return route;
    }

    /** The settings with what the model's name means, where it stands alone. */
    private SessionSettings named(RegistrySnapshot registry, SessionSettings settings, boolean mayWait) {
        MisplacedKey.refuse(settings);
        boolean alone = settings.provider().isEmpty() && adHocName(settings).isEmpty();
        if (!alone || settings.model().isEmpty()) {
            return settings;
        }
        String name = settings.model().get();
        if (name.indexOf('/') < 0) {
            // Where nobody chose the default provider, what it lacks is beside the point.
            requireChoice(registry);
        }
        Optional<NamedModel> preset = names.preset(registry, name);
        if (preset.filter(meant -> isReady(registry, meant)).isPresent()) {
            return settings.at(preset.get().provider(), preset.get().model());
        }
        try {
            return names.find(registry, name, mayWait)
                    .map(meant -> settings.at(meant.provider(), meant.model()))
                    .orElse(settings);
        } catch (ConfigurationException nobodyHasIt) {
            // Then the preset is meant, and what it lacks is what to say.
            return preset.map(meant -> settings.at(meant.provider(), meant.model()))
                    .orElseThrow(() -> nobodyHasIt);
        }
    }

    /**
     * The settings of whoever names another model where these settings hold: a model of the same provider, or one of a provider that is
     * named with it. May wait for a list of models, as {@link #resolve} does.
     *
     * @throws ConfigurationException if the name means nothing
     */
    SessionSettings renamed(RegistrySnapshot registry, SessionSettings settings, String name) {
        String provider = resolve(registry, settings).provider();
        if (registry.findNamed(provider).isEmpty()) {
            int slash = name.indexOf('/');
            boolean elsewhere =
                    slash > 0 && registry.findNamed(name.substring(0, slash)).isPresent();
            return elsewhere
                    ? SessionSettings.NONE.at(name.substring(0, slash), Optional.of(name.substring(slash + 1)))
                    : settings.withModel(name);
        }
        NamedModel meant = names.preset(registry, name)
                .or(() -> names.find(registry, provider, name, true))
                .orElseThrow();
        boolean same = meant.provider().equals(provider);
        return same && meant.model().isPresent()
                ? settings.at(provider, meant.model()).withModel(meant.model().get())
                : SessionSettings.NONE.at(meant.provider(), meant.model());
    }

    /**
     * The definition of a provider by its id.
     *
     * @throws ConfigurationException if there is none, or it cannot be used
     */
    static Definition provider(RegistrySnapshot registry, String id) {
        return registry.findNamed(id)
                .orElseThrow(() -> unknown(registry, id, SessionSettings.NONE))
                .ready();
    }

    private static boolean isReady(RegistrySnapshot registry, NamedModel meant) {
        return registry.findNamed(meant.provider()).filter(Provider::isReady).isPresent();
    }

    private static Route routed(RegistrySnapshot registry, SessionSettings settings) {
        RouteOverrides overrides = overrides(settings);
        return RouteResolver.resolve(definition(registry, settings, overrides), overrides);
    }

    /**
     * The route of a launch that is only shown: secrets are not looked up, and may be missing.
     *
     * @throws ConfigurationException as for a launch, but for a missing secret
     */
    Route outline(RegistrySnapshot registry, SessionSettings given) {
        SessionSettings settings = named(registry, given, false);
        RouteOverrides overrides = overrides(settings);
        Optional<Provider> found = adHocName(settings).isPresent() ? Optional.empty() : found(registry, settings);
        if (found.isEmpty()) {
            return RouteResolver.resolve(definition(registry, settings, overrides), overrides);
        }
        Definition outlined = found.get()
                .definition()
                .filter(any -> found.get().state() != ProviderState.DISABLED)
                .orElseGet(found.get()::ready);
        return RouteResolver.resolve(outlined, overrides);
    }

    /**
     * Where the next call of a session goes that is changed now. A key may be missing: one of another origin is dropped, and the new one
     * may follow.
     *
     * @throws ConfigurationException as for a launch, but for a missing secret
     */
    Route next(RegistrySnapshot registry, SessionSettings settings) {
        if (settings.provider().isEmpty() && adHocName(settings).isEmpty()) {
            if (settings.model().isEmpty()) {
                requireChoice(registry);
            }
        }
        try {
            return outline(registry, settings);
        } catch (ConfigurationException unusable) {
            if (settings.proxyApiKey().isPresent()) {
                throw unusable;
            }
            return outline(registry, GivenKeys.awaited(settings));
        }
    }

    /**
     * The route of a fallback: its own default model, unless it knows what was asked for as an alias.
     *
     * @throws ConfigurationException as for a launch
     */
    static Route fallback(RegistrySnapshot registry, String id, String requestedModel) {
        Definition definition = registry.find(id)
                .orElseThrow(() -> unknown(registry, id, SessionSettings.NONE))
                .ready();
        boolean alias = definition.aliases().containsKey(requestedModel);
        Route route =
                RouteResolver.resolve(definition, alias ? RouteOverrides.model(requestedModel) : RouteOverrides.none());
        // Clients of a gateway are told why a fallback could not be asked.
        requireSecrets(route.secrets(), CommandFailure::withoutOutput);
        return route;
    }

    private static RouteOverrides overrides(SessionSettings settings) {
        RouteOverrides.Builder overrides = RouteOverrides.builder();
        settings.model().ifPresent(overrides::model);
        if (settings.proxyEnabled()) {
            settings.proxyBaseUrl().ifPresent(overrides::baseUrl);
            settings.proxyApiKey()
                    .map(key -> Secrets.given(key, Location.of("proxyApiKey")))
                    .ifPresent(overrides::apiKey);
            settings.proxyModelOverride().ifPresent(overrides::modelOverride);
        }
        return overrides.build();
    }

    private static Definition definition(
            RegistrySnapshot registry, SessionSettings settings, RouteOverrides overrides) {
        Optional<String> adHoc = adHocName(settings);
        if (adHoc.isPresent()) {
            return AdHocProvider.define(adHoc.get(), overrides);
        }
        String name = settings.provider().orElseGet(registry::defaultProvider);
        Optional<Provider> found = found(registry, settings);
        if (found.isPresent()) {
            if (settings.provider().isEmpty()) {
                requireChoice(registry);
            }
            return usable(found.get(), settings);
        }
        if (!settings.proxyEnabled()) {
            throw unknown(registry, name, settings);
        }
        return AdHocProvider.define(name, overrides);
    }

    /** A preset is used by its name alone: a launch that brings proxy settings means a provider of its own. */
    private static Optional<Provider> found(RegistrySnapshot registry, SessionSettings settings) {
        if (settings.provider().isEmpty()) {
            return registry.find(registry.defaultProvider());
        }
        String id = settings.provider().get();
        return settings.proxyEnabled() ? registry.find(id) : registry.findNamed(id);
    }

    /** @throws ConfigurationException where the default provider is nobody's choice, and several others could be asked */
    private static void requireChoice(RegistrySnapshot registry) {
        if (registry.chosenDefault().isPresent()) {
            return;
        }
        List<String> ready = registry.readyToChoose();
        List<Diagnostic> all = new ArrayList<>();
        all.add(Diagnostic.error(
                        Code.UNKNOWN_PROVIDER,
                        LAUNCH,
                        "no provider is named, and there is no default: " + String.join(", ", ready)
                                + (ready.size() == 1 ? " is ready" : " are ready"))
                .help("name one, or choose one for good: `patchbay default " + ready.get(0) + "`")
                .build());
        registry.find(registry.defaultProvider()).ifPresent(other -> all.addAll(other.problems()));
        throw new ConfigurationException(all);
    }

    /** A launch that gives a base URL but no provider is for a provider named after the host. */
    private static Optional<String> adHocName(SessionSettings settings) {
        if (settings.provider().isPresent() || !settings.proxyEnabled()) {
            return Optional.empty();
        }
        return settings.proxyBaseUrl().map(LaunchResolver::host);
    }

    private static String host(String url) {
        try {
            String host = URI.create(url.strip()).getHost();
            return host == null ? "proxy" : host;
        } catch (IllegalArgumentException unusable) {
            // What is wrong with the URL is said where it is used.
            return "proxy";
        }
    }

    /** A launch that brings its own key or base URL may do without what the provider lacks. */
    private static Definition usable(Provider provider, SessionSettings settings) {
        boolean bringsItsOwn = settings.proxyEnabled()
                && (settings.proxyApiKey().isPresent()
                        || settings.proxyBaseUrl().isPresent());
        return provider.definition()
                .filter(any -> bringsItsOwn && provider.state() == ProviderState.UNAVAILABLE)
                .orElseGet(provider::ready);
    }

    /**
     * Runs the commands that print a route's keys; may take long.
     *
     * @throws ConfigurationException if one fails
     */
    static void requireCommandSecrets(Route route) {
        requireSecrets(
                route.secrets().stream()
                        .filter(secret -> secret.reference().source().equals("command"))
                        .toList(),
                UnaryOperator.identity());
    }

    private static void requireSecrets(List<SecretValue> secrets, UnaryOperator<ProviderException> told) {
        List<Diagnostic> missing = new ArrayList<>();
        for (SecretValue secret : secrets) {
            try {
                Secrets.require(secret);
            } catch (ProviderException thrown) {
                ProviderException failure = told.apply(thrown);
                Diagnostic.Builder problem =
                        Diagnostic.error(code(secret), secret.location(), String.valueOf(failure.getMessage()));
                failure.help().ifPresent(problem::help);
                missing.add(problem.build());
            }
        }
        if (!missing.isEmpty()) {
            throw new ConfigurationException(missing);
        }
    }

    private static Code code(SecretValue secret) {
        return switch (secret.reference().source()) {
            case "command" -> Code.SECRET_COMMAND;
            case "file" -> Code.SECRET_FILE;
            default -> Code.UNSET_VARIABLE;
        };
    }

    private static ConfigurationException unknown(RegistrySnapshot registry, String name, SessionSettings settings) {
        List<String> near = registry.suggestions(name);
        String message = "no provider is named '" + name + "'"
                + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
        return new ConfigurationException(List.of(Diagnostic.error(Code.UNKNOWN_PROVIDER, LAUNCH, message)
                .help(helpForUnknown(registry, name, settings))
                .build()));
    }

    private static String helpForUnknown(RegistrySnapshot registry, String name, SessionSettings settings) {
        if (settings.proxyBaseUrl().isPresent()) {
            return "proxyBaseUrl is given but proxyEnabled is not set to true, so it is not used";
        }
        if (BUILT_IN.contains(name)
                && BUILT_IN.stream().noneMatch(id -> registry.find(id).isPresent())) {
            return "the built-in providers are not there: put dev.patchbay:patchbay-providers-builtin on the class path, let the"
                    + " registry look for plugins there, and where jars are merged, keep their META-INF/services together";
        }
        return "`patchbay providers list` shows what there is, `patchbay providers presets` what needs no file; '"
                + name + "' can be defined in a provider file, or by a launch that brings its base URL";
    }
}
