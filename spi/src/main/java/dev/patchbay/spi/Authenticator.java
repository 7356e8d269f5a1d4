package dev.patchbay.spi;

import java.util.Optional;

/**
 * A way to prove who is calling, selected in a provider file by {@code auth: {type: <type>, …}}.
 *
 * <p>Called for every request, after everything else of it is settled, so that a signature can cover it. Called by
 * several threads at once.
 */
public interface Authenticator {

    /** The name that provider files use in {@code auth.type}; matches {@code [a-z0-9][a-z0-9._-]{0,63}}. */
    String type();

    /**
     * Adds what proves the caller to the request.
     *
     * @param request the request about to be sent
     * @param credential what the provider file says under {@code auth}, resolved
     * @throws ProviderException of kind {@link ProviderException.Kind#AUTH} if it cannot be done
     */
    void authenticate(OutgoingRequest request, Credential credential);

    /** A request about to be sent. Headers that are set replace those of the same name, ignoring case. */
    interface OutgoingRequest {

        HttpCall call();

        void setHeader(String name, String value);
    }

    /** What a provider file says under {@code auth}. */
    interface Credential {

        /** The key, resolved now; empty if the file names none. */
        Optional<Secret> key();

        /** The header to use, if the file names one. */
        Optional<String> header();

        /** The text before the key, if the file names one. */
        Optional<String> prefix();
    }
}
