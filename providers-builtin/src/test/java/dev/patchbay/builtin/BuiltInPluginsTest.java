package dev.patchbay.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.plugin.LoadedPlugin;
import dev.patchbay.internal.plugin.LoadedPlugins;
import dev.patchbay.internal.plugin.PluginLoader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BuiltInPluginsTest {

    private final LoadedPlugins loaded = PluginLoader.builder().build().load();

    @Test
    void areFoundOnTheClassPath() {
        assertThat(loaded.rejected()).isEmpty();
        assertThat(loaded.plugins())
                .extracting(LoadedPlugin::id)
                .containsExactly("anthropic", "openrouter", "baseten", "demo");
    }

    @Test
    void eachBringsOneProviderFileOfItsName() {
        assertThat(loaded.plugins())
                .allSatisfy(plugin -> assertThat(plugin.definitions())
                        .singleElement()
                        .satisfies(file -> {
                            assertThat(file.name()).isEqualTo("built-in:" + plugin.id() + ".yaml");
                            assertThat(new String(file.content(), StandardCharsets.UTF_8))
                                    .contains("  " + plugin.id() + ":\n");
                        }));
    }
}
