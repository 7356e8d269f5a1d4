package dev.patchbay.session;

import dev.patchbay.config.secret.Secrets;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Gaps;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.route.AdHocProvider;
import dev.patchbay.route.Route;
import dev.patchbay.route.RouteOverrides;
import dev.patchbay.route.RouteResolver;
import dev.patchbay.spi.ProviderException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a session's settings mean in a registry (the table of sessions.md, section 1), and refuses what cannot work
 * before anything is sent. Stateless.
 */
final class LaunchResolver {

    private static final Location LAUNCH = Location.of("launch");

    /** Where a look-up starts no program and asks no plugin. */
    private static final Set<String> AT_HAND = Set.of("env", "given", "literal", "file");

    private LaunchResolver() {}

    /**
     * The route of a launch; every secret it needs is there.
     *
     * @throws ConfigurationException if the provider is unknown or not ready, a setting is missing, or a secret is not set
     */
    static Route resolve(RegistrySnapshot registry, SessionSettings settings) {
        Route route = route(registry, settings);
        requireSecrets(route.secrets());
        return route;
    }

    /**
     * The same without a launch behind it: the secrets that only a command or a plugin can tell are not looked up.
     *
     * @throws ConfigurationException as for a launch
     */
    static Route preview(RegistrySnapshot registry, SessionSettings settings) {
        Route route = route(registry, settings);
        requireSecrets(route.secrets().stream()
                .filter(secret -> AT_HAND.contains(secret.reference().source()))
                .toList());
        return route;
    }

    private static Route route(RegistrySnapshot registry, SessionSettings settings) {
        RouteOverrides overrides = overrides(settings);
        return RouteResolver.resolve(definition(registry, settings, overrides), overrides);
    }

    /**
     * The route of a launch that is only shown: secrets are not looked up, and may be missing.
     *
     * @param gaps takes the marks of what must not be shown
     * @throws ConfigurationException as for a launch, but for a missing secret
     */
    static Route preview(RegistrySnapshot registry, SessionSettings settings, Gaps gaps) {
        RouteOverrides overrides = overrides(settings);
        Optional<Provider> found = adHocName(settings).isPresent()
                ? Optional.empty()
                : registry.find(settings.provider().orElseGet(registry::defaultProvider));
        if (found.isEmpty()) {
            return RouteResolver.resolve(definition(registry, settings, overrides), overrides);
        }
        if (found.get().state() == ProviderState.DISABLED) {
            throw disabled(found.get());
        }
        Definition outlined = found.get()
                .outline(gaps)
                .orElseThrow(() -> new ConfigurationException(found.get().problems()));
        return RouteResolver.resolve(outlined, overrides);
    }

    /**
     * The route of a fallback: its own default model, unless it knows what was asked for as an alias.
     *
     * @throws ConfigurationException as for a launch
     */
    static Route fallback(RegistrySnapshot registry, String id, String requestedModel) {
        Provider provider = registry.find(id).orElseThrow(() -> unknown(registry, id, SessionSettings.NONE));
        Definition definition = usable(provider, SessionSettings.NONE);
        boolean alias = definition.aliases().containsKey(requestedModel);
        Route route =
                RouteResolver.resolve(definition, alias ? RouteOverrides.model(requestedModel) : RouteOverrides.none());
        requireSecrets(route.secrets());
        return route;
    }

    private static RouteOverrides overrides(SessionSettings settings) {
        RouteOverrides.Builder overrides = RouteOverrides.builder();
        settings.model().ifPresent(overrides::model);
        if (settings.proxyEnabled()) {
            settings.proxyBaseUrl().ifPresent(overrides::baseUrl);
            settings.proxyApiKey().ifPresent(key -> overrides.apiKey(Secrets.given(key, Location.of("proxyApiKey"))));
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
        Optional<Provider> found = registry.find(name);
        if (found.isPresent()) {
            return usable(found.get(), settings);
        }
        if (!settings.proxyEnabled()) {
            throw unknown(registry, name, settings);
        }
        return AdHocProvider.define(name, overrides);
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

    private static Definition usable(Provider provider, SessionSettings settings) {
        if (provider.state() == ProviderState.DISABLED) {
            throw disabled(provider);
        }
        boolean bringsItsOwn = settings.proxyEnabled()
                && (settings.proxyApiKey().isPresent()
                        || settings.proxyBaseUrl().isPresent());
        if (provider.isReady() || (provider.state() == ProviderState.UNAVAILABLE && bringsItsOwn)) {
            return provider.definition().orElseThrow(() -> new ConfigurationException(provider.problems()));
        }
        throw new ConfigurationException(provider.problems());
    }

    private static void requireSecrets(List<SecretValue> secrets) {
        List<Diagnostic> missing = new ArrayList<>();
        for (SecretValue secret : secrets) {
            try {
                secret.resolve();
            } catch (ProviderException failure) {
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
        if (registry.presets().contains(name)) {
            return "there is a preset; this line in a provider file adds it: providers: {" + name
                    + ": {extends: preset:" + name + "}}";
        }
        return "define '" + name + "' in a provider file, or give proxyEnabled: true, proxyBaseUrl, proxyApiKey and"
                + " proxyModelOverride with the launch; `patchbay providers list` shows what there is";
    }

    private static ConfigurationException disabled(Provider provider) {
        return new ConfigurationException(List.of(Diagnostic.error(
                        Code.PROVIDER_DISABLED, provider.location(), "provider '" + provider.id() + "' is disabled")
                .help("remove enabled: false, or name another provider")
                .build()));
    }
}
