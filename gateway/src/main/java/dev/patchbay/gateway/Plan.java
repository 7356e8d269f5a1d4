package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.http.ReadyCall;
import dev.patchbay.route.Route;
import dev.patchbay.route.Target;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.HttpCall;

/** What is done with a request, everything looked up: it only has to be carried out. */
sealed interface Plan {

    Route route();

    /** How the answer comes about: {@code relay}, {@code translate}, {@code plugin} or {@code local}. */
    String mode();

    /** A plan with a call to an upstream. */
    sealed interface OverHttp extends Plan {

        Target target();

        ReadyCall ready();

        default HttpCall call() {
            return ready().call();
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
