package dev.patchbay.gateway;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.http.contract.EarlyAnswerContract;
import dev.patchbay.internal.http.contract.HttpStack;
import dev.patchbay.provider.Definition;

/** Vert.x's client, as the gateway uses it. */
class VertxEarlyAnswerTest extends EarlyAnswerContract {

    @Override
    protected HttpStack start(Definition provider, Environment environment) {
        return VertxHttpStack.start(provider, environment, true);
    }
}
