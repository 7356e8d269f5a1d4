package dev.patchbay.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.plugin.PluginLoader;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built-in provider files, as the registry reads them. */
class BuiltInProvidersTest {

    private static final Environment KEYS = Environment.of(Map.of(
            "ANTHROPIC_API_KEY",
            "key-of-anthropic",
            "OPENROUTER_API_KEY",
            "key-of-openrouter",
            "BASETEN_API_KEY",
            "key-of-baseten"));

    @Test
    void withTheirKeysAllAreReadyAndNothingIsWrong() {
        RegistrySnapshot registry = registry(KEYS);

        assertThat(registry.diagnostics()).isEmpty();
        assertThat(registry.providers())
                .extracting(Provider::id, Provider::state)
                .allSatisfy(tuple -> assertThat(tuple.toList()).contains(ProviderState.READY))
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, ANTHROPIC_API_KEY, https://platform.claude.com/settings/keys",
        "openrouter, OPENROUTER_API_KEY, https://openrouter.ai/settings/keys",
        "baseten, BASETEN_API_KEY, https://app.baseten.co/settings/api_keys"
    })
    void withoutItsKeyAProviderSaysWhichVariableIsMissingAndWhereAKeyCanBeHad(
            String id, String variable, String keyUrl) {
        Provider provider = registry(Environment.of(Map.of())).find(id).orElseThrow();

        assertThat(provider.state()).isEqualTo(ProviderState.UNAVAILABLE);
        assertThat(provider.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains(variable + " is not set"));
        assertThat(provider.definition().flatMap(Definition::keyUrl)).contains(keyUrl);
    }

    @Test
    void theDemoNeedsNothing() {
        assertThat(registry(Environment.of(Map.of())).find("demo").map(Provider::state))
                .contains(ProviderState.READY);
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, opus, claude-opus-5-5",
        "anthropic, sonnet, claude-sonnet-5-5",
        "anthropic, haiku, claude-haiku-5-5",
        "anthropic, claude-opus-4-1-20250805, claude-opus-4-1-20250805",
        "openrouter, qwen/qwen3:free, qwen/qwen3:free",
        "baseten, openai/gpt-oss-120b, openai/gpt-oss-120b"
    })
    void anAliasIsAFullIdAndAFullIdStaysAsItIs(String id, String asked, String sent) {
        assertThat(route(id, RouteOverrides.model(asked)).upstreamModel()).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({"anthropic, claude-sonnet-5-5", "openrouter, openrouter/auto", "demo, demo"})
    void withoutAModelTheDefaultIsTaken(String id, String sent) {
        assertThat(route(id, RouteOverrides.none()).upstreamModel()).isEqualTo(sent);
    }

    private static Route route(String id, RouteOverrides overrides) {
        Definition definition =
                registry(KEYS).find(id).flatMap(Provider::definition).orElseThrow();
        return RouteResolver.resolve(definition, overrides);
    }

    private static RegistrySnapshot registry(Environment environment) {
        return RegistrySnapshot.builder()
                .plugins(PluginLoader.builder().build().load().plugins())
                .environment(environment)
                .build();
    }
}
