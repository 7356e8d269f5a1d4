package dev.patchbay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.PatchbayBuilder;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Operation;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.session.AiProvider;
import dev.patchbay.session.ContinueRequest;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import dev.patchbay.session.UpdateRequest;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line of the user's document "Custom AI Provider Support" that needs no daemon, in its order. */
final class CustomProvidersDocumentTest {

    private static final Path CONFIG = Path.of(System.getProperty("patchbay.root"), "config", "providers");

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();
    private final Map<String, String> variables = new HashMap<>();

    @AfterEach
    void close() {
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-custom-provider", "Groq", "ein Anbieter", "プロバイダ", "a/b:c"})
    void providerAcceptsAnyString(String name) {
        RecordedRequest request = launch(LaunchRequest.query("Hello world")
                .provider(name)
                .model("my-model")
                .proxyEnabled(true)
                .proxyBaseUrl(fake.baseUrl("/v1").toString())
                .proxyApiKey("key-of-my-provider")
                .proxyModelOverride("my-model"));
        assertThat(request.target()).isEqualTo("/v1/chat/completions");
    }

    @Test
    void myCustomProviderExample() {
        RecordedRequest request = launch(LaunchRequest.query("Hello world")
                .provider("my-custom-provider")
                .model("my-model")
                .proxyEnabled(true)
                .proxyBaseUrl(fake.baseUrl("/v1").toString())
                .proxyApiKey("key-of-my-provider")
                .proxyModelOverride("my-model"));
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /v1/chat/completions");
        assertThat(request.headers().all("authorization")).containsExactly("Bearer key-of-my-provider");
        assertThat(request.member("model")).contains("my-model");
        assertThat(request.text()).contains("Hello world");
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, opus, https://api.anthropic.com/v1/messages",
        "anthropic, claude-sonnet-4-5, https://api.anthropic.com/v1/messages",
        "openrouter, x/y, https://openrouter.ai/api/v1/chat/completions",
        "baseten, some/model, https://inference.baseten.co/v1/chat/completions"
    })
    void builtInProvidersNeedOnlyProviderAndModel(String provider, String model, String url) {
        variables.put("ANTHROPIC_API_KEY", "key-a");
        variables.put("OPENROUTER_API_KEY", "key-o");
        variables.put("BASETEN_API_KEY", "key-b");
        try (Patchbay patchbay = builder().build()) {
            Route route = patchbay.route(
                    LaunchRequest.query("q").provider(provider).model(model).build());
            assertThat(route.target(route.operation().orElseThrow())
                            .orElseThrow()
                            .url())
                    .hasToString(url);
        }
    }

    @Test
    void anthropicMapsItsModelNamesAndLeavesFullIdsUntouched() {
        variables.put("ANTHROPIC_API_KEY", "key-a");
        try (Patchbay patchbay = builder().build()) {
            assertThat(upstreamModel(patchbay, "opus")).matches("claude-opus-[0-9a-z-]+");
            assertThat(upstreamModel(patchbay, "sonnet")).matches("claude-sonnet-[0-9a-z-]+");
            assertThat(upstreamModel(patchbay, "haiku")).matches("claude-haiku-[0-9a-z-]+");
            assertThat(upstreamModel(patchbay, "claude-3-opus-20240229")).isEqualTo("claude-3-opus-20240229");
        }
    }

    @Test
    void anthropicIsADirectIntegration() throws Exception {
        variables.put("ANTHROPIC_API_KEY", "key-a");
        file("anthropic: {extends: anthropic, baseUrl: \"" + fake.baseUrl() + "\", apiKey: $ANTHROPIC_API_KEY}");
        RecordedRequest request = launch(
                LaunchRequest.query("Hello").provider(AiProvider.ANTHROPIC).model("sonnet"));
        assertThat(request.target()).isEqualTo("/v1/messages");
        assertThat(request.headers().all("x-api-key")).containsExactly("key-a");
        assertThat(request.header("anthropic-version")).contains("2023-06-01");
        assertThat(request.header("authorization")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxyBaseUrl", "proxyApiKey", "proxyModelOverride"})
    void requiredProxySettingsAreNamedWhenTheyAreMissing(String missing) {
        LaunchRequest.Builder request =
                LaunchRequest.query("q").provider("my-custom-provider").proxyEnabled(true);
        if (!missing.equals("proxyBaseUrl")) {
            request.proxyBaseUrl("https://api.my-provider.example/v1");
        }
        if (!missing.equals("proxyApiKey")) {
            request.proxyApiKey("key-of-my-provider");
        }
        if (!missing.equals("proxyModelOverride")) {
            request.proxyModelOverride("my-model");
        }
        assertRefused(request, missing);
    }

    @Test
    void withoutProxyEnabledAnUnknownProviderIsRefusedByName() {
        assertRefused(
                LaunchRequest.query("q")
                        .provider("my-custom-provider")
                        .proxyBaseUrl(fake.baseUrl("/v1").toString())
                        .proxyModelOverride("my-model"),
                "my-custom-provider",
                "proxyEnabled");
    }

    @Test
    void aKeyFromAnUnsetVariableIsAMissingKey() {
        assertRefused(
                LaunchRequest.query("q")
                        .provider("my-custom-provider")
                        .proxyEnabled(true)
                        .proxyBaseUrl("https://api.my-provider.example/v1")
                        .proxyApiKey(variables.get("MY_PROVIDER_API_KEY"))
                        .proxyModelOverride("my-model"),
                "proxyApiKey");
    }

    @Test
    void modelMayStandInForTheOverrideAndALocalServerNeedsNoKey() {
        RecordedRequest request = launch(LaunchRequest.query("q")
                .provider("my-custom-provider")
                .model("my-model")
                .proxyEnabled(true)
                .proxyBaseUrl(fake.baseUrl("/v1").toString()));
        assertThat(request.member("model")).contains("my-model");
        assertThat(request.header("authorization")).isEmpty();
    }

    @Test
    void theOverrideWinsOverTheModelOnTheWireAndBothAreShown() {
        try (Patchbay patchbay = builder().build()) {
            Session session = patchbay.launch(LaunchRequest.query("q")
                    .provider("my-custom-provider")
                    .model("shown")
                    .proxyEnabled(true)
                    .proxyBaseUrl(fake.baseUrl("/v1").toString())
                    .proxyModelOverride("sent")
                    .build());
            session.await().text();
            assertThat(fake.onlyRequest().member("model")).contains("sent");
            assertThat(session.record().model()).contains("shown");
            assertThat(session.record().proxyModelOverride()).contains("sent");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-3.3-70b-versatile", "openai/gpt-oss-120b", "qwen3:30b"})
    void groqExample(String model) {
        variables.put("GROQ_API_KEY", "key-of-groq");
        RecordedRequest request = launch(LaunchRequest.query("Explain recursion")
                .provider("groq")
                .model(model)
                .proxyEnabled(true)
                .proxyBaseUrl(fake.baseUrl("/openai/v1").toString())
                .proxyApiKey(variables.get("GROQ_API_KEY"))
                .proxyModelOverride(model));
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /openai/v1/chat/completions");
        assertThat(request.headers().all("authorization")).containsExactly("Bearer key-of-groq");
        assertThat(request.member("model")).contains(model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void azureExample(String endOfEndpoint) {
        variables.put("AZURE_OPENAI_ENDPOINT", fake.baseUrl() + endOfEndpoint);
        variables.put("AZURE_OPENAI_KEY", "key-of-azure");
        RecordedRequest request = launch(LaunchRequest.query("Write a function")
                .provider("azure-openai")
                .model("gpt-4")
                .proxyEnabled(true)
                .proxyBaseUrl(variables.get("AZURE_OPENAI_ENDPOINT") + "/openai/deployments")
                .proxyApiKey(variables.get("AZURE_OPENAI_KEY"))
                .proxyModelOverride("gpt-4"));
        assertThat(request.target()).isEqualTo("/openai/deployments/gpt-4/chat/completions?api-version=2024-10-21");
        assertThat(request.headers().all("api-key")).containsExactly("key-of-azure");
        assertThat(request.header("authorization")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "azure-openai, '', /openai/v1/chat/completions",
        "azure-openai, /, /openai/v1/chat/completions",
        "azure-openai-classic, '', /openai/deployments/gpt-4/chat/completions?api-version=2024-10-21",
        "azure-openai-classic, /, /openai/deployments/gpt-4/chat/completions?api-version=2024-10-21"
    })
    void bothDocumentedAzureLayoutsWorkFromAFile(String provider, String endOfEndpoint, String target) {
        variables.put("AZURE_OPENAI_ENDPOINT", fake.baseUrl() + endOfEndpoint);
        variables.put("AZURE_OPENAI_KEY", "key-of-azure");
        try (Patchbay patchbay =
                builder().config(CONFIG.resolve("azure-openai.yaml")).build()) {
            patchbay.launch(LaunchRequest.query("Write a function")
                            .provider(provider)
                            .model("gpt-4")
                            .build())
                    .await()
                    .text();
        }
        RecordedRequest request = fake.onlyRequest();
        assertThat(request.target()).isEqualTo(target);
        assertThat(request.headers().all("api-key")).containsExactly("key-of-azure");
        assertThat(request.header("authorization")).isEmpty();
    }

    @Test
    void knownProvidersAreConstantsAndAnyOtherStringIsAsGood() {
        assertThat(AiProvider.of("anthropic")).isEqualTo(AiProvider.ANTHROPIC);
        assertThat(AiProvider.of("openrouter")).isEqualTo(AiProvider.OPENROUTER);
        assertThat(AiProvider.of("baseten")).isEqualTo(AiProvider.BASETEN);
        assertThat(AiProvider.of("anything else").id()).isEqualTo("anything else");
    }

    @Test
    void aNewBuiltInDoesNotBreakAUsersProviderOfThatName() throws Exception {
        file("baseten: {baseUrl: \"" + fake.baseUrl("/mine") + "\", auth: none, defaultModel: mine}");
        RecordedRequest request = launch(LaunchRequest.query("q").provider("baseten"));
        assertThat(request.target()).isEqualTo("/mine/chat/completions");
        try (Patchbay patchbay = builder().build()) {
            assertThat(patchbay.registry().providers())
                    .filteredOn(provider -> provider.id().equals("baseten"))
                    .extracting(provider -> provider.state())
                    .containsExactly(ProviderState.READY, ProviderState.SHADOWED);
        }
    }

    @Test
    void sessionUpdateChangesTheProviderOfTheNextCall() {
        try (FakeProvider other = FakeProvider.start();
                Patchbay patchbay = builder().build()) {
            Session first = patchbay.launch(LaunchRequest.query("q")
                    .provider("old")
                    .proxyEnabled(true)
                    .proxyBaseUrl(fake.baseUrl("/v1").toString())
                    .proxyApiKey("old-key-canary")
                    .proxyModelOverride("old-model")
                    .build());
            first.await().text();
            patchbay.update(
                    first.id(),
                    UpdateRequest.builder()
                            .proxyEnabled(true)
                            .proxyBaseUrl(other.baseUrl("/v1").toString())
                            .proxyModelOverride("new-model")
                            .proxyApiKey("new-key")
                            .build());
            Session second = patchbay.continueSession(
                    first.id(), ContinueRequest.query("and now?").build());
            second.await().text();

            assertThat(other.onlyRequest().member("model")).contains("new-model");
            assertThat(other.onlyRequest().headers().all("authorization")).containsExactly("Bearer new-key");
            assertThat(other.sawAnywhere("old-key-canary")).isFalse();
            assertThat(fake.requests()).hasSize(1);
        }
    }

    @Test
    void sessionUpdateToAnotherHostWithoutAKeyTakesNoKeyAlong() {
        try (FakeProvider other = FakeProvider.start();
                Patchbay patchbay = builder().build()) {
            Session first = patchbay.launch(LaunchRequest.query("q")
                    .provider("old")
                    .proxyEnabled(true)
                    .proxyBaseUrl(fake.baseUrl("/v1").toString())
                    .proxyApiKey("old-key-canary")
                    .proxyModelOverride("old-model")
                    .build());
            first.await().text();
            patchbay.update(
                    first.id(),
                    UpdateRequest.builder()
                            .proxyBaseUrl(other.baseUrl("/v1").toString())
                            .build());
            patchbay.continueSession(
                            first.id(), ContinueRequest.query("and now?").build())
                    .await()
                    .text();
            assertThat(other.sawAnywhere("old-key-canary")).isFalse();
            assertThat(other.onlyRequest().header("authorization")).isEmpty();
        }
    }

    @Test
    void customProvidersCanBeDefinedInConfigurationFiles() throws Exception {
        variables.put("MY_PROVIDER_API_KEY", "key-of-my-provider");
        file("my-custom-provider: {baseUrl: \"" + fake.baseUrl("/v1")
                + "\", apiKey: $MY_PROVIDER_API_KEY, defaultModel: my-model}");
        RecordedRequest request = launch(LaunchRequest.query("Hello world").provider("my-custom-provider"));
        assertThat(request.headers().all("authorization")).containsExactly("Bearer key-of-my-provider");
        assertThat(request.member("model")).contains("my-model");
    }

    @Test
    void aCustomProviderGetsNoKeyThatItDoesNotName() throws Exception {
        variables.put("OPENROUTER_API_KEY", "canary-openrouter");
        variables.put("ANTHROPIC_API_KEY", "canary-anthropic");
        file("mine: {baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m}");
        launch(LaunchRequest.query("q").provider("mine"));
        assertThat(fake.sawAnywhere("canary-openrouter")).isFalse();
        assertThat(fake.sawAnywhere("canary-anthropic")).isFalse();
    }

    private RecordedRequest launch(LaunchRequest.Builder request) {
        try (Patchbay patchbay = builder().build()) {
            patchbay.launch(request.build()).await().text();
        }
        return fake.onlyRequest();
    }

    private void assertRefused(LaunchRequest.Builder request, String... named) {
        try (Patchbay patchbay = builder().build()) {
            assertThatThrownBy(() -> patchbay.launch(request.build()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll(named);
        }
        assertThat(fake.bytesReceived()).isZero();
    }

    private static String upstreamModel(Patchbay patchbay, String model) {
        Route route = patchbay.route(
                LaunchRequest.query("q").provider("anthropic").model(model).build());
        assertThat(route.operation()).contains(Operation.MESSAGES);
        return route.upstreamModel();
    }

    private PatchbayBuilder builder() {
        return Patchbay.builder().environment(Environment.of(variables)).config(folder);
    }

    private void file(String provider) throws Exception {
        Files.writeString(folder.resolve("providers.yaml"), "providers:\n  " + provider + "\n");
    }
}
