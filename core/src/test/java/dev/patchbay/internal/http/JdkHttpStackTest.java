package dev.patchbay.internal.http;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.http.contract.HttpStack;
import dev.patchbay.internal.http.contract.HttpStackContract;
import dev.patchbay.provider.Definition;

/** The JDK's client, as sessions use it for hosts that speak HTTP/2 alone. */
class JdkHttpStackTest extends HttpStackContract {

    @Override
    protected HttpStack start(Definition provider, Environment environment) {
        return CoreHttpStack.startJdk(provider, environment);
    }
}
