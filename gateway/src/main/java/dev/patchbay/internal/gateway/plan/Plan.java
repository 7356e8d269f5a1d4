package dev.patchbay.internal.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.internal.gateway.client.ClientRequest;
import dev.patchbay.internal.http.PreparedCall;
import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is done with a request, everything looked up: it only has to be carried out. */
public sealed interface Plan {

    Route route();

    /** What of the client's request does not reach the upstream; empty where it goes to none. */
    default Optional<DroppedMembers> dropped() {
        return Optional.empty();
    }

    /** How the answer comes about: {@code relay}, {@code translate}, {@code plugin} or {@code local}. */
    String mode();

    /** Whether the client asked for a stream. */
    default boolean streams() {
        return false;
    }

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

        OperationTarget target();

        PreparedCall ready();

        default HttpCall call() {
            return ready().call();
        }

        @Override
        default ProviderException clean(ProviderException failure) {
            return ready().clean(failure);
        }

        @Override
        default UpstreamError clean(UpstreamError error) {
            Map<String, String> headers = new LinkedHashMap<>(error.headers());
            headers.replaceAll((name, value) -> ready().clean(value));
            return new UpstreamError(
                    error.status(),
                    error.kind(),
                    ready().clean(error.message()),
                    error.requestId().map(ready()::clean),
                    headers,
                    error.details(),
                    error.stated());
        }
    }

    /**
     * The upstream speaks the client's dialect.
     *
     * @param choices how many answers the client wants
     * @param dropped what of the client's request the upstream is known to refuse
     */
    record Relayed(
            Route route,
            OperationTarget target,
            PreparedCall ready,
            boolean stream,
            int choices,
            Optional<DroppedMembers> dropped)
            implements OverHttp {

        @Override
        public boolean streams() {
            return stream;
        }

        @Override
        public String mode() {
            return "relay";
        }
    }

    /**
     * The upstream speaks another dialect.
     *
     * @param request as it was encoded
     * @param dropped what of the client's request could not be sent
     */
    record Translated(
            Route route,
            OperationTarget target,
            PreparedCall ready,
            ClientRequest client,
            WireDialect wire,
            ChatRequest request,
            Quirks quirks,
            Optional<DroppedMembers> dropped)
            implements OverHttp {

        @Override
        public boolean streams() {
            return request.stream();
        }

        @Override
        public String mode() {
            return "translate";
        }
    }

    /** A plugin's dialect answers. */
    record Plugged(Route route, ClientRequest client, ChatRequest request, Optional<DroppedMembers> dropped)
            implements Plan {

        @Override
        public boolean streams() {
            return request.stream();
        }

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
