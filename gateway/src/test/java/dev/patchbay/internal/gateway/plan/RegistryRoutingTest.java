package dev.patchbay.internal.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.gateway.ListedModel;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.runtime.ProviderRuntime;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.RegistrySnapshot;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Where a model's name leads (sessions.md, section 4). */
class RegistryRoutingTest {

    private static final String FILE = """
            version: 1
            defaultProvider: main
            providers:
              main:
                baseUrl: http://127.0.0.1:1/v1
                models: {m1: {}, other/m2: {}}
                aliases: {fast: m1}
              other:
                baseUrl: http://127.0.0.1:2/v1
              keyless:
                baseUrl: http://127.0.0.1:3/v1
                apiKey: $NOT_SET
              off:
                enabled: false
                baseUrl: http://127.0.0.1:4/v1
              own:
                baseUrl: http://127.0.0.1:6/v1
                defaultModel: own/model
              set:
                baseUrl: http://127.0.0.1:5/v1
                defaultModel: chosen
            """;

    private static final RegistrySnapshot REGISTRY = RegistrySnapshot.builder()
            .environment(Environment.of(Map.of()))
            .text(Layer.COMMAND_LINE, "test.yaml", FILE)
            .build();

    private static final ProviderRuntime RUNTIME =
            new ProviderRuntime(() -> REGISTRY, Environment.of(Map.of()), Clock.systemUTC());

    @AfterAll
    static void close() {
        RUNTIME.close();
    }

    private static RegistryRouting routing(String provider, String model) {
        return new RegistryRouting(RUNTIME, optional(provider), optional(model));
    }

    private static Optional<String> optional(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }

    private static String lead(RegistryRouting routing, String model) {
        Route route = routing.route(REGISTRY, model, true).orElseThrow();
        return route.provider() + " " + route.upstreamModel();
    }

    @Test
    void theNameDecides() {
        RegistryRouting routing = routing("", "");

        assertThat(lead(routing, "m1")).isEqualTo("main m1");
        assertThat(lead(routing, "fast")).isEqualTo("main m1");
        assertThat(lead(routing, "other/m2"))
                .as("listed by the default provider")
                .isEqualTo("main other/m2");
        assertThat(lead(routing, "other/m3")).isEqualTo("other m3");
        assertThat(lead(routing, "other/org/m3")).isEqualTo("other org/m3");
        assertThat(lead(routing, "main/fast")).isEqualTo("main m1");
        assertThat(lead(routing, "default/org/unknown")).isEqualTo("main org/unknown");
        assertThat(lead(routing, "qwen3:30b")).as("a colon is no slash").isEqualTo("main qwen3:30b");
        assertThat(lead(routing, "set/chosen")).isEqualTo("set chosen");
        assertThat(lead(routing, "own/own/model")).isEqualTo("own own/model");
        assertThat(lead(routing, "own/model"))
                .as("as the provider itself writes it")
                .isEqualTo("own own/model");
        assertThat(lead(routing, "bare")).isEqualTo("main bare");
        assertThat(lead(routing, "")).isEqualTo("main m1");
    }

    @Test
    void anOverrideSendsEverythingThere() {
        assertThat(lead(routing("other", "m9"), "claude-x")).isEqualTo("other m9");
        assertThat(lead(routing("", "other/m9"), "claude-x")).isEqualTo("other m9");
        assertThat(lead(routing("", "fast"), "claude-x")).isEqualTo("main m1");
        assertThat(lead(routing("main", ""), "fast")).isEqualTo("main m1");
        assertThat(lead(routing("main", ""), "main/fast")).isEqualTo("main m1");
        assertThat(lead(routing("set", ""), "claude-x")).isEqualTo("set chosen");
        assertThat(lead(routing("other", ""), "claude-x")).as("no default").isEqualTo("other claude-x");
    }

    @Test
    void takesEachRegistryByItsOwnWord() {
        RegistrySnapshot moved = RegistrySnapshot.builder()
                .environment(Environment.of(Map.of()))
                .text(Layer.COMMAND_LINE, "test.yaml", FILE.replace("127.0.0.1:1", "127.0.0.1:9"))
                .build();
        RegistryRouting routing = routing("", "");

        assertThat(port(routing, REGISTRY)).isEqualTo(1);
        assertThat(port(routing, moved)).isEqualTo(9);
        assertThat(port(routing, REGISTRY)).isEqualTo(1);
    }

    private static int port(RegistryRouting routing, RegistrySnapshot registry) {
        return routing.route(registry, "m1", true)
                .orElseThrow()
                .origin()
                .orElseThrow()
                .port();
    }

    @Test
    void leadsMoreNamesThanItRemembers() {
        RegistryRouting routing = routing("", "");

        for (int i = 0; i < 1_000; i++) {
            assertThat(lead(routing, "other/n" + i)).isEqualTo("other n" + i);
        }
        assertThat(lead(routing, "m1")).isEqualTo("main m1");
    }

    @Test
    void showsWhatItKnows() {
        assertThat(routing("", "").models(REGISTRY))
                .extracting(ListedModel::id)
                .containsExactly("m1", "other/m2", "fast", "own/own/model", "set/chosen");
        assertThat(routing("set", "").models(REGISTRY))
                .extracting(ListedModel::id)
                .containsExactly("chosen");
        assertThat(routing("other", "m9").models(REGISTRY))
                .extracting(ListedModel::id)
                .containsExactly("m9");
    }

    @Test
    void refusesWhatLacksItsKey() {
        assertThatThrownBy(() -> routing("", "").route(REGISTRY, "keyless/m", true))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("NOT_SET is not set");
    }

    @Test
    void refusesWhatCannotBeUsed() {
        assertThatThrownBy(() -> routing("", "").route(REGISTRY, "off/m", true))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("disabled");
        assertThatThrownBy(() -> routing("mian", "").route(REGISTRY, "m", true))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("did you mean main");
    }
}
