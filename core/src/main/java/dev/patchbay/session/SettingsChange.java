package dev.patchbay.session;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.KeyRules;
import dev.patchbay.internal.route.BaseUrls;
import dev.patchbay.provider.Origin;
import dev.patchbay.spi.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a request changes in the provider settings of a session (the update rules of sessions.md, section 1). */
final class SettingsChange {

    private final FieldChange<String> provider;
    private final FieldChange<String> model;
    private final FieldChange<Boolean> proxyEnabled;
    private final FieldChange<String> proxyBaseUrl;
    private final FieldChange<Secret> proxyApiKey;
    private final FieldChange<String> proxyModelOverride;

    SettingsChange(ProviderFields<?> fields) {
        this.provider = fields.provider;
        this.model = fields.model;
        this.proxyEnabled = fields.proxyEnabled;
        this.proxyBaseUrl = fields.proxyBaseUrl;
        this.proxyApiKey = fields.proxyApiKey;
        this.proxyModelOverride = fields.proxyModelOverride;
    }

    /** Whether nothing is changed. */
    boolean isEmpty() {
        return Stream.of(provider, model, proxyEnabled, proxyBaseUrl, proxyApiKey, proxyModelOverride)
                .noneMatch(FieldChange::isPresent);
    }

    /** Whether it changes who is asked by name, and not only the way there. */
    boolean names() {
        return provider.isPresent() || model.isPresent();
    }

    /** Whether it gives a key. */
    boolean givesKey() {
        return proxyApiKey.orNull() != null;
    }

    /**
     * The settings after the change. Whatever is stored of a session's settings comes from here, so that what no call could use, or
     * would show a key, is refused here.
     *
     * @throws ConfigurationException if a base URL or a key that is given can be none
     */
    SessionSettings applyTo(SessionSettings before) {
        requireBaseUrl();
        requireKey();
        SessionSettings.Builder after = before.toBuilder();
        if (namesAnotherProviderThan(before)) {
            // A proxy belongs to the provider it was given for: its key must not follow to another one.
            after.proxyEnabled = false;
            after.proxyBaseUrl = null;
            after.proxyApiKey = null;
            after.proxyModelOverride = null;
        }
        provider.ifPresent(value -> after.provider = value);
        model.ifPresent(value -> after.model = value);
        proxyEnabled.ifPresent(value -> after.proxyEnabled = Boolean.TRUE.equals(value));
        proxyModelOverride.ifPresent(value -> after.proxyModelOverride = value);
        proxyBaseUrl.ifPresent(value -> {
            if (!sameOrigin(before.proxyBaseUrl(), Optional.ofNullable(value))) {
                after.proxyApiKey = null;
            }
            after.proxyBaseUrl = value;
        });
        proxyApiKey.ifPresent(value -> after.proxyApiKey = value);
        return after.build();
    }

    /** Also where it is not used: it is stored and shown. */
    private void requireBaseUrl() {
        proxyBaseUrl.ifPresent(url -> {
            if (url != null) {
                BaseUrls.parse(url);
            }
        });
    }

    /** What no header can hold; whether it opens anything, only the provider knows. */
    private void requireKey() {
        Optional.ofNullable(proxyApiKey.orNull())
                .map(Secret::reveal)
                .flatMap(KeyRules::problem)
                .filter(problem -> problem.code() == Code.KEY_CHARACTER)
                .ifPresent(problem -> {
                    throw new ConfigurationException(List.of(
                            Diagnostic.error(problem.code(), Location.of("proxyApiKey"), "the key " + problem.words())
                                    .help(problem.help())
                                    .build()));
                });
    }

    private boolean namesAnotherProviderThan(SessionSettings before) {
        boolean[] another = {false};
        provider.ifPresent(name -> another[0] = !Optional.ofNullable(name).equals(before.provider()));
        return another[0];
    }

    private static boolean sameOrigin(Optional<String> one, Optional<String> other) {
        Optional<Origin> first = one.flatMap(SettingsChange::origin);
        return first.isPresent() && first.equals(other.flatMap(SettingsChange::origin));
    }

    private static Optional<Origin> origin(String url) {
        try {
            return Origin.of(URI.create(url.strip()));
        } catch (IllegalArgumentException unusable) {
            // What is wrong with the URL is said where it is used.
            return Optional.empty();
        }
    }
}
