package dev.patchbay.gateway;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.http.contract.HostileUpstreamContract;
import dev.patchbay.internal.http.contract.HttpStack;
import dev.patchbay.provider.Definition;
import org.junit.jupiter.api.Tag;

/** Vert.x's client, as the gateway uses it, seen by a client of chat, to whom the answers pass through. */
@Tag("once")
@Tag("slow")
class RelayedHostileUpstreamTest extends HostileUpstreamContract {

    @Override
    protected HttpStack start(Definition provider, Environment environment) {
        return VertxHttpStack.start(provider, environment, true);
    }
}
