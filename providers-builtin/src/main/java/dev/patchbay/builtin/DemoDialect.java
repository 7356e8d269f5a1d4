package dev.patchbay.builtin;

import dev.patchbay.spi.Capability;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import java.util.Set;

/** Answers in process: says that it is no model, repeats what it was asked, and tells what to do next. */
final class DemoDialect implements Dialect {

    @Override
    public String id() {
        return "demo";
    }

    @Override
    public boolean needsBaseUrl() {
        return false;
    }

    /** An agent that is tried out with it offers tools; it calls none. */
    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.TOOLS);
    }

    @Override
    public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
        return request -> new DemoStream(request.model(), DemoAnswer.to(request));
    }
}
