package dev.patchbay.session;

import dev.patchbay.spi.ProviderException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a session failed.
 *
 * @param provider the provider that was asked
 * @param status the HTTP status it answered, if it did
 * @param type the {@linkplain ProviderException.Kind kind} in lower case, such as {@code rate_limit}; {@code internal} for a
 *     fault of ours or of a plugin
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

    static SessionError internal(String provider, Throwable fault) {
        return new SessionError(
                provider,
                OptionalInt.empty(),
                "internal",
                "unexpected " + fault.getClass().getName(),
                Optional.of("this is a bug; run again with --debug and report what it prints"));
    }
}
