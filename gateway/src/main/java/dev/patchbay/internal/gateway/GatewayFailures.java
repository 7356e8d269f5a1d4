package dev.patchbay.internal.gateway;

import dev.patchbay.codec.UpstreamError;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.LiteralKeys;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;

/** What goes wrong here, in terms that a client can be told. */
public final class GatewayFailures {

    private static final Logger LOG = System.getLogger(GatewayFailures.class.getName());

    private GatewayFailures() {}

    /** Any failure as one of a provider; what should not happen is logged, and the client is not told more. */
    public static ProviderException of(Throwable failure) {
        if (failure instanceof ProviderException known) {
            return known;
        }
        if (failure instanceof ConfigurationException configuration) {
            return configuration(configuration);
        }
        if (failure instanceof RejectedExecutionException) {
            // Only where its threads end is anything refused here: nothing is wrong then.
            return shuttingDown();
        }
        LOG.log(Level.ERROR, "a request failed in the gateway itself", failure);
        return ProviderException.builder(Kind.SERVER, "the gateway failed; its log says why")
                .status(500)
                .build();
    }

    /** What a client is told whose answer cannot come to its end any more. */
    public static ProviderException shuttingDown() {
        return ProviderException.builder(Kind.OVERLOADED, "the gateway is shutting down")
                .status(503)
                .build();
    }

    /** The error for a client; what it can do about it is part of the message, the only thing that SDKs show. */
    public static UpstreamError forClient(ProviderException failure) {
        UpstreamError error = UpstreamError.of(failure);
        int status = error.status() < 400 ? 502 : error.status();
        String message =
                failure.help().map(help -> error.message() + "; " + help).orElse(error.message());
        return new UpstreamError(
                status,
                error.kind(),
                LiteralKeys.maskIn(message),
                error.requestId(),
                error.headers(),
                error.details(),
                error.stated());
    }

    /** The same failure, its advice part of the message. */
    public static ProviderException told(ProviderException failure) {
        return failure.help().isEmpty() ? failure : forClient(failure).toException();
    }

    private static ProviderException configuration(ConfigurationException failure) {
        Diagnostic first = failure.diagnostics().stream()
                .filter(Diagnostic::isError)
                .findFirst()
                .orElseThrow(() -> failure);
        ProviderException.Builder told =
                ProviderException.builder(kind(first.code()), first.message() + " (" + first.location() + ")");
        first.help().ifPresent(told::help);
        return told.cause(failure).build();
    }

    /**
     * A client error, whoever is to mend it: the client named the provider, and to ask again is no use. Only a fault of the program
     * is one of the server.
     */
    private static Kind kind(Code code) {
        return switch (code) {
            case UNKNOWN_PROVIDER, UNKNOWN_MODEL, PROVIDER_DISABLED -> Kind.NOT_FOUND;
            case RELOAD_FAILED, DEFINITION_FAILED -> Kind.SERVER;
            default -> code.isOfSecrets() ? Kind.AUTH : Kind.INVALID_REQUEST;
        };
    }
}
