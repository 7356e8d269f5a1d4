package dev.patchbay.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import org.junit.jupiter.api.Test;

class AdHocProviderTest {

    @Test
    void speaksOpenAiChatWithABearerToken() {
        Definition definition = AdHocProvider.define(
                "my-custom-provider", settings("https://api.my-provider.com/v1").build());

        assertThat(definition.id()).isEqualTo("my-custom-provider");
        assertThat(definition.dialect()).isEqualTo("openai-chat");
        assertThat(definition.auth().orElseThrow().type()).isEqualTo("bearer");
    }

    @Test
    void sendsTheKeyToAzureInItsOwnHeader() {
        Definition definition = AdHocProvider.define(
                "azure-openai",
                settings("https://res.openai.azure.com//openai/deployments").build());

        assertThat(definition.auth().orElseThrow().header()).contains("api-key");
    }

    @Test
    void namesEverySettingThatIsMissing() {
        ConfigurationException failure = catchThrowableOfType(
                ConfigurationException.class, () -> AdHocProvider.define("mine", RouteOverrides.none()));

        assertThat(AdHocProvider.missingSettings(RouteOverrides.none()))
                .containsExactly("proxyBaseUrl", "proxyApiKey", "proxyModelOverride");
        assertThat(failure)
                .hasMessageContaining("'mine'")
                .hasMessageContaining("proxyBaseUrl, proxyApiKey, proxyModelOverride");
    }

    @Test
    void needsNoKeyForALocalHost() {
        RouteOverrides overrides = RouteOverrides.builder()
                .baseUrl("http://192.168.0.7:8000")
                .model("m")
                .build();

        assertThat(AdHocProvider.missingSettings(overrides)).isEmpty();
        assertThat(AdHocProvider.define("mine", overrides).auth()).contains(Auth.NONE);
    }

    @Test
    void needsAKeyForAPublicHost() {
        RouteOverrides overrides = RouteOverrides.builder()
                .baseUrl("https://api.example.com")
                .model("m")
                .build();

        assertThat(AdHocProvider.missingSettings(overrides)).containsExactly("proxyApiKey");
    }

    @Test
    void isRoutedWithTheSameSettings() {
        RouteOverrides overrides = settings("https://api.my-provider.com/v1").build();

        Route route = RouteResolver.resolve(AdHocProvider.define("mine", overrides), overrides);

        assertThat(route.upstreamModel()).isEqualTo("my-model");
        assertThat(route.secrets()).hasSize(1);
    }

    private static RouteOverrides.Builder settings(String base) {
        return RouteOverrides.builder()
                .baseUrl(base)
                .apiKey(TestSecret.of("KEY", "k"))
                .modelOverride("my-model");
    }
}
