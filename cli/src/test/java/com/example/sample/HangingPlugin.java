package com.example.sample;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderPlugin;
import java.util.List;

/** Says where it is called, and then computes for ever: nothing can interrupt it. */
public final class HangingPlugin implements ProviderPlugin, Dialect {

    @Override
    public String id() {
        return "hanging";
    }

    @Override
    public List<Dialect> dialects() {
        return List.of(this);
    }

    @Override
    public boolean needsBaseUrl() {
        return false;
    }

    @Override
    public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
        return request -> {
            System.out.println("called");
            while (true) {
                Thread.onSpinWait();
            }
        };
    }
}
