package dev.patchbay.internal.http;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.http.contract.HostileUpstreamContract;
import dev.patchbay.internal.http.contract.HttpStack;
import dev.patchbay.provider.Definition;
import org.junit.jupiter.api.Tag;

/** The JDK's client, as sessions use it for hosts that speak HTTP/2 alone. */
@Tag("slow")
@Tag("newest")
class JdkHostileUpstreamTest extends HostileUpstreamContract {

    @Override
    protected HttpStack start(Definition provider, Environment environment) {
        return CoreHttpStack.startJdk(provider, environment);
    }
}
