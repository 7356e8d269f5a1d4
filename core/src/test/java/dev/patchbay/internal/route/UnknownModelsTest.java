package dev.patchbay.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an id outside the list of models does (provider-files.md, section 2, unknownModels). */
final class UnknownModelsTest {

    private final Definition.Builder definition = Definition.builder("p")
            .baseUrl(URI.create("https://p.example/v1"))
            .models(Map.of("model-a", Model.named("model-a")))
            .aliases(Map.of("sonnet", "model-a"));

    @Test
    void isAllowedUnlessTheFileDeniesIt() {
        assertThat(route("model-b").upstreamModel()).isEqualTo("model-b");
    }

    @Test
    void isRefusedWithTheNearestWhereItIsDenied() {
        definition.unknownModelsDenied(true);
        assertThatThrownBy(() -> route("model-b"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("provider 'p' does not list the model model-b")
                .hasMessageContaining("did you mean model-a?");
        assertThat(route("model-a").upstreamModel()).isEqualTo("model-a");
        assertThat(route("sonnet").upstreamModel()).isEqualTo("model-a");
    }

    @Test
    void theOverrideOfALaunchIsHeldToItToo() {
        definition.unknownModelsDenied(true);
        RouteOverrides override =
                RouteOverrides.builder().modelOverride("model-b").build();
        assertThatThrownBy(() -> RouteResolver.resolve(definition.build(), override))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("does not list the model model-b");
    }

    private Route route(String model) {
        return RouteResolver.resolve(definition.build(), RouteOverrides.model(model));
    }
}
