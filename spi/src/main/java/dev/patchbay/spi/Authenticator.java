package dev.patchbay.spi;

import java.util.List;
import java.util.Optional;

/**
 * A way to prove who is calling, selected in a provider file by {@code auth: {type: <type>, …}}.
 *
 * <p>Called for every request, after everything else of it is settled, so that a signature can cover it. Called by
 * several threads at once.
 */
public interface Authenticator extends AutoCloseable {

    /** The name that provider files use in {@code auth.type}; matches {@code [a-z0-9][a-z0-9._-]{0,63}}. */
    String type();

    /** The keys that {@code options:} of a provider with this type may hold, beside those of its dialect. Default: none. */
    default List<Option> options() {
        return List.of();
    }

    /**
     * Adds what proves the caller to the request.
     *
     * @param request the request about to be sent
     * @param credential what the provider file says under {@code auth}, resolved
     * @throws ProviderException of kind {@link ProviderException.Kind#AUTH} if it cannot be done
     */
    void authenticate(OutgoingRequest request, Credential credential);

    /** Releases what the authenticator holds, when the host ends. Idempotent. Default: nothing to release. */
    @Override
    default void close() {}

    /** A request about to be sent. Headers that are set replace those of the same name, ignoring case. */
    interface OutgoingRequest {

        HttpCall call();

        void setHeader(String name, String value);
    }

    /** What a provider file says under {@code auth}. Implemented by hosts; more can be asked of it with a minor version. */
    interface Credential {

        /** The key, resolved now; empty if the file names none. */
        Optional<Secret> key();

        /** The header to use, if the file names one. */
        Optional<String> header();

        /** The text before the key, if the file names one. */
        Optional<String> prefix();

        /** The {@linkplain Authenticator#options options} of the provider. */
        default Options options() {
            return Options.none();
        }

        /**
         * What the host lends, for instance to fetch a token: the transport has the provider's time-outs, proxy and TLS
         * settings and adds no credential.
         *
         * @throws UnsupportedOperationException if the request is only to be shown, not sent
         */
        default ProviderContext context() {
            throw new UnsupportedOperationException("nothing is lent here");
        }
    }
}
