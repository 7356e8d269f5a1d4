package dev.patchbay.session;

import dev.patchbay.provider.Origin;
import dev.patchbay.spi.Secret;
import java.net.URI;
import java.util.Optional;

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

    SessionSettings applyTo(SessionSettings before) {
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
