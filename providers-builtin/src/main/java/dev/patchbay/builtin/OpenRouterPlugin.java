package dev.patchbay.builtin;

import dev.patchbay.spi.ProviderPlugin;
import java.util.List;

/** OpenRouter, which passes requests on to many providers. */
public final class OpenRouterPlugin implements ProviderPlugin {

    @Override
    public String id() {
        return "openrouter";
    }

    @Override
    public List<String> definitions() {
        return List.of("META-INF/providers/openrouter.yaml");
    }
}
