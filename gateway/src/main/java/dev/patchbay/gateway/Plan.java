package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.http.ReadyCall;
import dev.patchbay.route.Route;
import dev.patchbay.route.Target;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;

/** What is done with a request, everything looked up: it only has to be carried out. */
sealed interface Plan {

    Route route();

    /** How the answer comes about: {@code relay}, {@code translate}, {@code plugin} or {@code local}. */
    String mode();

    /** A failure without the secrets that went into the call; a plugin's client sees to that itself. */
    default ProviderException clean(ProviderException failure) {
        return failure;
    }

    /** An upstream's error without the secrets that went into the call; itself if it names none. */
    default UpstreamError clean(UpstreamError error) {
        return error;
    }

    /** A plan with a call to an upstream. */
    sealed interface OverHttp extends Plan {

        Target target();

        ReadyCall ready();

        default HttpCall call() {
            return ready().call();
        }

        @Override
        default ProviderException clean(ProviderException failure) {
            return ready().clean(failure);
        }

        @Override
        default UpstreamError clean(UpstreamError error) {
            String message = ready().clean(error.message());
            return message.equals(error.message())
                    ? error
                    : new UpstreamError(error.status(), error.kind(), message, error.requestId(), error.headers());
        }
    }

    /** The upstream speaks the client's dialect. */
    record Relayed(Route route, Target target, ReadyCall ready, boolean stream) implements OverHttp {

        @Override
        public String mode() {
            return "relay";
        }
    }

    /**
     * The upstream speaks another dialect.
     *
     * @param request as it was encoded
     */
    record Translated(
            Route route,
            Target target,
            ReadyCall ready,
            ClientRequest client,
            WireDialect wire,
            ChatRequest request,
            Quirks quirks)
            implements OverHttp {

        @Override
        public String mode() {
            return "translate";
        }
    }

    /** A plugin's dialect answers. */
    record Plugged(Route route, ClientRequest client, ChatRequest request) implements Plan {

        @Override
        public String mode() {
            return "plugin";
        }
    }

    /** The answer is known here. */
    record Local(Route route, ObjectNode answer) implements Plan {

        @Override
        public String mode() {
            return "local";
        }
    }
}
