package dev.patchbay.builtin;

import dev.patchbay.spi.Capability;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
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
        if (definition.baseUrl().isPresent()) {
            throw ProviderException.builder(
                            ProviderException.Kind.INVALID_REQUEST,
                            "demo answers in process and asks no address: nothing was sent to the base URL")
                    .help("name another provider, or leave out the base URL")
                    .build();
        }
        return request -> new DemoStream(request.model(), DemoAnswer.to(request));
    }
}
