package dev.patchbay.builtin;

import dev.patchbay.spi.ProviderPlugin;
import java.util.List;

/** The Model APIs of Baseten. */
public final class BasetenPlugin implements ProviderPlugin {

    @Override
    public String id() {
        return "baseten";
    }

    @Override
    public List<String> definitions() {
        return List.of("META-INF/providers/baseten.yaml");
    }
}
