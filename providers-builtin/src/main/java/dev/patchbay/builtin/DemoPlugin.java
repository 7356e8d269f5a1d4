package dev.patchbay.builtin;

import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderPlugin;
import java.util.List;

/** A provider that answers without a key, a network or a model, so that a newcomer sees a session at work. */
public final class DemoPlugin implements ProviderPlugin {

    @Override
    public String id() {
        return "demo";
    }

    @Override
    public List<Dialect> dialects() {
        return List.of(new DemoDialect());
    }

    @Override
    public List<String> definitions() {
        return List.of("META-INF/providers/demo.yaml");
    }
}
