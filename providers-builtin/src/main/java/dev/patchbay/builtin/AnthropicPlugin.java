package dev.patchbay.builtin;

import dev.patchbay.spi.ProviderPlugin;
import java.util.List;

/** Anthropic's own API. */
public final class AnthropicPlugin implements ProviderPlugin {

    @Override
    public String id() {
        return "anthropic";
    }

    @Override
    public List<String> definitions() {
        return List.of("META-INF/providers/anthropic.yaml");
    }
}
