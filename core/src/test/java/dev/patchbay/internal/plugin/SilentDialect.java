package dev.patchbay.internal.plugin;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;

/** A dialect that has a name and nothing else. */
record SilentDialect(String id) implements Dialect {

    @Override
    public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
        throw new UnsupportedOperationException();
    }
}
