package dev.patchbay.session;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Why a session failed.
 *
 * @param provider the provider that was asked
 * @param status the HTTP status it answered, if it did
 * @param type the {@linkplain ProviderException.Kind kind} in lower case, such as {@code rate_limit}; {@code internal} for a
 *     fault of ours or of a plugin, {@code unavailable} for a fallback that could not be asked
 * @param message what happened, in the provider's own words where it gave any
 * @param hint what to do
 */
public record SessionError(String provider, OptionalInt status, String type, String message, Optional<String> hint) {

    static SessionError of(String provider, ProviderException failure) {
        return new SessionError(
                provider,
                failure.status(),
                failure.kind().name().toLowerCase(Locale.ROOT),
                failure.getMessage() == null ? "" : failure.getMessage(),
                failure.help());
    }

    /** For a provider that could not be asked at all. */
    static SessionError unusable(String provider, ConfigurationException why) {
        Diagnostic first = why.diagnostics().get(0);
        return new SessionError(provider, OptionalInt.empty(), "unavailable", first.message(), first.help());
    }

    /** The same failure, which says what had failed before. */
    SessionError after(List<SessionError> others) {
        if (others.isEmpty()) {
            return this;
        }
        String before = others.stream()
                .map(other -> other.provider() + ": " + other.message())
                .collect(Collectors.joining("; "));
        return new SessionError(provider, status, type, message + " (tried too: " + before + ")", hint);
    }

    static SessionError internal(String provider, Throwable fault) {
        return new SessionError(
                provider,
                OptionalInt.empty(),
                "internal",
                "unexpected " + fault.getClass().getName(),
                Optional.of("this is a bug; run again with --debug and report what it prints"));
    }
}
