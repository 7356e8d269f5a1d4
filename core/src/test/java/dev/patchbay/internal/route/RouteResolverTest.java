package dev.patchbay.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.BodyRules;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Value;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteResolverTest {

    @Test
    void sendsAFullIdUntouched() {
        assertThat(resolve(groq().build(), "openai/gpt-oss-120b").upstreamModel())
                .isEqualTo("openai/gpt-oss-120b");
        assertThat(resolve(groq().build(), "qwen3:30b").upstreamModel()).isEqualTo("qwen3:30b");
    }

    @Test
    void resolvesAnAlias() {
        Definition definition = groq().models(models(model("long", "vendor/long-id")))
                .aliases(Map.of("sonnet", "long", "haiku", "elsewhere"))
                .build();

        assertThat(resolve(definition, "sonnet").requestedModel()).isEqualTo("sonnet");
        assertThat(resolve(definition, "sonnet").upstreamModel()).isEqualTo("vendor/long-id");
        assertThat(resolve(definition, "haiku").upstreamModel()).isEqualTo("elsewhere");
        assertThat(resolve(definition, "haiku").model()).isEmpty();
    }

    @Test
    void takesTheDefaultModelWhichMayBeAnAlias() {
        Definition definition =
                groq().aliases(Map.of("fast", "llama")).defaultModel("fast").build();

        Route route = RouteResolver.resolve(definition, RouteOverrides.none());

        assertThat(route.requestedModel()).isEqualTo("fast");
        assertThat(route.upstreamModel()).isEqualTo("llama");
    }

    @Test
    void takesTheFirstListedModelWhereThereIsNoDefault() {
        Definition definition =
                groq().models(models(model("b", "b"), model("a", "a"))).build();

        assertThat(RouteResolver.resolve(definition, RouteOverrides.none()).upstreamModel())
                .isEqualTo("b");
    }

    @Test
    void saysThatALaunchMustNameAModel() {
        Definition definition = groq().aliases(Map.of("fast", "llama")).build();

        ConfigurationException failure = failure(definition, RouteOverrides.none());

        assertThat(failure).hasMessageContaining("provider 'groq' has no default model");
        assertThat(failure.diagnostics().get(0).help().orElseThrow())
                .contains("fast")
                .contains("defaultModel");
    }

    @Test
    void saysWhereTheModelsAreListed() {
        assertThat(failure(groq().build(), RouteOverrides.none())
                        .diagnostics()
                        .get(0)
                        .help())
                .contains("name a model (`patchbay providers models groq` lists what there is),"
                        + " or write defaultModel into the provider's file");
    }

    @Test
    void letsTheOverrideWinOnTheWire() {
        Definition definition = groq().models(models(model("m", "wire/m"))).build();
        RouteOverrides overrides =
                RouteOverrides.builder().model("sonnet").modelOverride("wire/m").build();

        Route route = RouteResolver.resolve(definition, overrides);

        assertThat(route.requestedModel()).isEqualTo("sonnet");
        assertThat(route.upstreamModel()).isEqualTo("wire/m");
        assertThat(route.model().orElseThrow().id()).isEqualTo("m");
    }

    @Test
    void doesNotSendTheKeyToAnotherOrigin() {
        ConfigurationException failure = failure(
                groq().build(),
                RouteOverrides.builder()
                        .model("m")
                        .baseUrl("http://localhost:8080/v1")
                        .build());

        assertThat(failure.diagnostics().get(0).code()).isEqualTo(Code.CREDENTIAL_DROPPED);
        assertThat(failure)
                .hasMessageContaining("$GROQ_API_KEY")
                .hasMessageContaining("https://api.groq.com")
                .hasMessageContaining("http://localhost:8080");
    }

    @Test
    void keepsTheKeyAtTheSameOrigin() {
        Route route = RouteResolver.resolve(
                groq().build(),
                RouteOverrides.builder()
                        .model("m")
                        .baseUrl("https://API.groq.com:443/other/v2")
                        .build());

        assertThat(url(route)).isEqualTo("https://api.groq.com/other/v2/chat/completions");
        assertThat(route.secrets()).hasSize(1);
    }

    @Test
    void takesTheKeyOfTheLaunchAtAnotherOrigin() {
        Definition definition = groq().headers(
                        Map.of("X-Token", new Value.Hidden(TestSecret.of("T", "t")), "X-Team", new Value.Plain("blue")))
                .build();

        Route route = RouteResolver.resolve(definition, at("https://other.example/v1"));

        assertThat(route.secrets())
                .extracting(secret -> secret.resolve().reveal())
                .containsExactly("own");
        assertThat(route.definition().headers()).containsKey("X-Team").doesNotContainKey("X-Token");
    }

    @Test
    void sendsTheKeyAsIsUsualAtTheNewAddress() {
        Auth azure = RouteResolver.resolve(groq().build(), at("https://res.openai.azure.com/openai/deployments"))
                .target(Operation.CHAT)
                .orElseThrow()
                .auth();

        assertThat(azure.type()).isEqualTo("header");
        assertThat(azure.header()).contains("api-key");
    }

    @Test
    void keepsAWayToAuthenticateThatAFileChose() {
        Definition definition =
                groq().auth(Auth.header("X-Key", TestSecret.of("K", "k"))).build();

        assertThat(RouteResolver.resolve(definition, at("https://other.example"))
                        .target(Operation.CHAT)
                        .orElseThrow()
                        .auth()
                        .header())
                .contains("X-Key");
    }

    @Test
    void leavesEndpointsWithAnAddressOfTheirOwnBehind() {
        Definition definition = groq().endpoints(Map.of(
                        Operation.CHAT,
                        new Endpoint.Absolute(URI.create("https://api.groq.com/elsewhere"), Optional.empty())))
                .build();

        assertThat(url(RouteResolver.resolve(definition, at("https://other.example"))))
                .isEqualTo("https://other.example/v1/chat/completions");
    }

    @Test
    void givesAProviderWithoutAKeyTheKeyOfTheLaunch() {
        Definition definition = groq().auth(Auth.NONE).build();

        Route route = RouteResolver.resolve(
                definition,
                RouteOverrides.builder()
                        .model("m")
                        .apiKey(TestSecret.of("OWN", "own"))
                        .build());

        assertThat(route.target(Operation.CHAT).orElseThrow().auth().type()).isEqualTo("bearer");
    }

    @Test
    void movesAProviderWithoutACredentialFreely() {
        Definition definition = groq().auth(Auth.NONE).build();

        Route route = RouteResolver.resolve(
                definition,
                RouteOverrides.builder()
                        .model("m")
                        .baseUrl("http://localhost:1")
                        .build());

        assertThat(url(route)).isEqualTo("http://localhost:1/v1/chat/completions");
    }

    @Test
    void refusesPlainHttpToAPublicHostWithAKey() {
        Definition definition =
                groq().baseUrl(URI.create("http://api.example.com")).build();

        ConfigurationException failure = failure(definition, RouteOverrides.model("m"));

        assertThat(failure.diagnostics().get(0).code()).isEqualTo(Code.INSECURE_HTTP);
        assertThat(resolve(definition.toBuilder().insecureHttpAllowed(true).build(), "m"))
                .isNotNull();
        assertThat(resolve(definition.toBuilder().auth(Auth.NONE).build(), "m")).isNotNull();
    }

    @Test
    void refusesPlainHttpToAPublicHostWithASecretHeader() {
        Definition definition = groq().baseUrl(URI.create("http://api.example.com"))
                .auth(Auth.NONE)
                .headers(Map.of("X-Token", new Value.Hidden(TestSecret.of("T", "t"))))
                .build();

        assertThat(failure(definition, RouteOverrides.model("m"))).isNotNull();
    }

    @Test
    void doesNotTakeThePermissionForPlainHttpAlong() {
        Definition definition = groq().insecureHttpAllowed(true).build();

        assertThat(failure(definition, at("http://other.example"))).hasMessageContaining("unencrypted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1",
                "http://localhost",
                "http://10.1.2.3/v1",
                "http://[::1]:8080",
                "http://ollama:11434",
                "http://169.254.1.2",
                "http://100.64.0.1",
                "http://[fd00::1]"
            })
    void allowsPlainHttpToALocalHost(String base) {
        assertThat(resolve(groq().baseUrl(URI.create(base)).build(), "m")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://nas.local",
                "http://gpu.internal:8000",
                "http://169.254.169.254",
                "http://100.128.0.1",
                "http://[::ffff:169.254.169.254]"
            })
    void aNameWithADotSaysNothingAndTheAddressOfMetadataIsNoHostForAKey(String base) {
        assertThat(failure(groq().baseUrl(URI.create(base)).build(), RouteOverrides.model("m")))
                .hasMessageContaining("unencrypted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.groq.com/openai",
                "ftp://host.example",
                "https://",
                "https://user:canary@host.example",
                "not a url",
                ""
            })
    void refusesABaseUrlThatIsNone(String base) {
        ConfigurationException failure = failure(
                groq().build(),
                RouteOverrides.builder().model("m").baseUrl(base).build());

        assertThat(failure.diagnostics().get(0).code()).isEqualTo(Code.BAD_URL);
        assertThat(failure.getMessage()).doesNotContain("canary");
    }

    @Test
    void trimsTheBaseUrl() {
        assertThat(url(RouteResolver.resolve(groq().build(), at("  https://other.example/v1 \n"))))
                .isEqualTo("https://other.example/v1/chat/completions");
    }

    @Test
    void refusesAModelThatMakesNoPath() {
        Definition definition = groq().baseUrl(URI.create("https://res.openai.azure.com/openai/deployments"))
                .build();

        assertThat(failure(definition, RouteOverrides.model(".."))).hasMessageContaining("..");
    }

    @Test
    void refusesAQuirkThatCannotBe() {
        Definition definition = groq().quirks(Map.of("stop", "many")).build();

        assertThat(catchThrowableOfType(
                        ConfigurationException.class,
                        () -> resolve(definition, "m").quirks()))
                .hasMessageContaining("stop");
    }

    @Test
    void letsTheModelsQuirksWin() {
        Model model = new Model(
                "m",
                "m",
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.of(4096),
                List.of("text", "pdf"),
                Optional.empty(),
                Optional.empty(),
                BodyRules.NONE,
                Map.of("stop", 0));
        Definition definition = groq().quirks(Map.of("stop", 5, "systemRole", "developer"))
                .models(models(model))
                .build();

        assertThat(resolve(definition, "m").quirks().stop()).isZero();
        assertThat(resolve(definition, "m").quirks().systemRole()).isEqualTo("developer");
        assertThat(resolve(definition, "m").quirks().images()).isFalse();
        assertThat(resolve(definition, "m").quirks().pdfAsFile()).isTrue();
        assertThat(resolve(definition, "m").quirks().maxOutputTokens()).hasValue(4096);
        assertThat(resolve(definition, "other").quirks().images()).isTrue();
    }

    @Test
    void routesAProviderWithoutABaseUrl() {
        Route route = resolve(Definition.builder("demo").dialect("demo").build(), "m");

        assertThat(route.origin()).isEmpty();
        assertThat(route.operation()).isEmpty();
        assertThat(route.target(Operation.CHAT)).isEmpty();
    }

    @Test
    void printsNoSecret() {
        RouteOverrides overrides = at("https://user:canary@other.example?key=canary");

        assertThat(overrides.toString()).doesNotContain("canary").doesNotContain("own");
        assertThat(resolve(groq().build(), "m").toString())
                .isEqualTo("Route[groq, m, openai-chat, https://api.groq.com]");
    }

    private static Definition.Builder groq() {
        return Definition.builder("groq")
                .baseUrl(URI.create("https://api.groq.com/openai/v1"))
                .auth(Auth.bearer(TestSecret.of("GROQ_API_KEY", "gk")));
    }

    private static RouteOverrides at(String base) {
        return RouteOverrides.builder()
                .model("m")
                .baseUrl(base)
                .apiKey(TestSecret.of("OWN", "own"))
                .build();
    }

    private static Route resolve(Definition definition, String model) {
        return RouteResolver.resolve(definition, RouteOverrides.model(model));
    }

    private static ConfigurationException failure(Definition definition, RouteOverrides overrides) {
        return catchThrowableOfType(ConfigurationException.class, () -> RouteResolver.resolve(definition, overrides));
    }

    private static String url(Route route) {
        return route.target(Operation.CHAT).orElseThrow().url().toString();
    }

    private static Model model(String id, String upstreamId) {
        Model named = Model.named(id);
        return new Model(
                id,
                upstreamId,
                named.name(),
                named.context(),
                named.maxOutput(),
                named.input(),
                named.tools(),
                named.price(),
                named.body(),
                named.quirks());
    }

    private static Map<String, Model> models(Model... models) {
        Map<String, Model> byId = new LinkedHashMap<>();
        for (Model model : models) {
            byId.put(model.id(), model);
        }
        return byId;
    }
}
