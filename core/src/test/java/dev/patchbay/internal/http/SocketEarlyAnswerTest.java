package dev.patchbay.internal.http;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.http.contract.EarlyAnswerContract;
import dev.patchbay.internal.http.contract.HttpStack;
import dev.patchbay.provider.Definition;

/** Blocking sockets, as sessions use them. */
class SocketEarlyAnswerTest extends EarlyAnswerContract {

    @Override
    protected HttpStack start(Definition provider, Environment environment) {
        return CoreHttpStack.start(provider, environment);
    }
}
