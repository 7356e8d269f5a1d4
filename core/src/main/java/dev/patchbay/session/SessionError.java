package dev.patchbay.session;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Why a session failed.
 *
 * @param provider the provider that was asked
 * @param status the HTTP status it answered, if it did
 * @param type the {@linkplain ProviderException.Kind kind} in lower case, such as {@code rate_limit}; {@code configuration}
 *     for what cannot work as configured, such as a command that prints no key; {@code store} for a store that failed;
 *     {@code process_ended} for a process that ended or stood still while it ran the session;
 *     {@code internal} for a fault of a plugin or of ours; {@code unavailable} for a fallback that could not be asked
 * @param message what happened, in the provider's own words where it gave any
 * @param hint what to do
 */
public record SessionError(String provider, OptionalInt status, String type, String message, Optional<String> hint) {

    private static final String UNAVAILABLE = "unavailable";

    /** The members of its JSON, with the names of the REST API; Jackson needs no more to write it. */
    @JsonValue
    public Map<String, Object> toJson() {
        return SessionJson.of(this);
    }

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
        return new SessionError(provider, OptionalInt.empty(), UNAVAILABLE, first.message(), first.help());
    }

    /** The same for one of which that turned out when its call was made. */
    static SessionError unusable(String provider, ProviderException why) {
        return new SessionError(
                provider, OptionalInt.empty(), UNAVAILABLE, String.valueOf(why.getMessage()), why.help());
    }

    boolean isUnusable() {
        return type.equals(UNAVAILABLE);
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

    /** The failure that ended a session, whatever it is. */
    static SessionError of(String provider, Throwable failure) {
        if (failure instanceof ProviderException known) {
            return of(provider, known);
        }
        if (failure instanceof ConfigurationException configuration) {
            Diagnostic first = configuration.diagnostics().get(0);
            return new SessionError(provider, OptionalInt.empty(), "configuration", first.message(), first.help());
        }
        if (failure instanceof SessionStoreException store) {
            return new SessionError(
                    provider,
                    OptionalInt.empty(),
                    "store",
                    String.valueOf(store.getMessage()),
                    Optional.of("what was said before may be in the store or not; the cause says what the store met"));
        }
        return new SessionError(
                provider,
                OptionalInt.empty(),
                "internal",
                describe(failure),
                Optional.of("no provider said this: it is a fault in the plugin that asks the provider, or in Patchbay;"
                        + " the cause of the session's failure says where"));
    }

    /** What an exception is and says. */
    static String describe(Throwable fault) {
        return fault.getMessage() == null || fault.getMessage().isBlank()
                ? fault.getClass().getName()
                : fault.getClass().getName() + ": " + fault.getMessage();
    }
}
