package dev.patchbay.gateway;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.http.contract.HttpStack;
import dev.patchbay.internal.http.contract.HttpStackContract;
import dev.patchbay.provider.Definition;

/** Vert.x's client, as the gateway uses it, seen by a client of Messages. */
class VertxHttpStackTest extends HttpStackContract {

    @Override
    protected HttpStack start(Definition provider, Environment environment) {
        return VertxHttpStack.start(provider, environment, false);
    }
}
