package dev.patchbay.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Value;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The URL rule: provider-files.md, section 2.4, and dialects.md, section 1.9. */
class EndpointsTest {

    @ParameterizedTest
    @CsvSource({
        "https://api.groq.com/openai/v1, https://api.groq.com/openai/v1/chat/completions",
        "https://api.groq.com/openai/v1/, https://api.groq.com/openai/v1/chat/completions",
        "https://api.groq.com//openai///v1//, https://api.groq.com/openai/v1/chat/completions",
        "https://openrouter.ai/api/v1, https://openrouter.ai/api/v1/chat/completions",
        "https://api.fireworks.ai/inference/v1, https://api.fireworks.ai/inference/v1/chat/completions",
        "https://api.z.ai/api/paas/v4, https://api.z.ai/api/paas/v4/chat/completions",
        "https://host.example/v1beta/openai, https://host.example/v1beta/openai/chat/completions",
        "https://api.deepseek.com, https://api.deepseek.com/v1/chat/completions",
        "https://api.deepseek.com/, https://api.deepseek.com/v1/chat/completions",
        "https://api.deepseek.com//, https://api.deepseek.com/v1/chat/completions",
        "HTTPS://API.DeepSeek.com, https://api.deepseek.com/v1/chat/completions",
        "http://localhost:8080/v1, http://localhost:8080/v1/chat/completions",
        "https://host.example:443/v1, https://host.example/v1/chat/completions",
        "http://[::1]:11434, http://[::1]:11434/v1/chat/completions",
        "http://[2001:DB8::1]/v1, http://[2001:db8::1]/v1/chat/completions",
        "https://host.example/v1/chat/completions, https://host.example/v1/chat/completions",
        "https://host.example/v1/chat/completions/, https://host.example/v1/chat/completions",
        "https://host.example/v1/responses, https://host.example/v1/chat/completions",
        "https://host.example/v1/messages, https://host.example/v1/chat/completions",
        "https://host.example/chat/completions, https://host.example/chat/completions",
        "https://host.example/v1?tenant=a&x, https://host.example/v1/chat/completions?tenant=a&x",
        "https://host.example?tenant=a, https://host.example/v1/chat/completions?tenant=a",
        "https://host.example/v1#top, https://host.example/v1/chat/completions",
        "https://host.example/a%2Fb/v1, https://host.example/a%2Fb/v1/chat/completions",
        "https://host.example/models, https://host.example/models/chat/completions",
    })
    void findsChat(String base, String expected) {
        assertThat(url(provider(base), Operation.CHAT, "m")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "https://res.openai.azure.com/openai/deployments, gpt-4, /openai/deployments/gpt-4/chat/completions?api-version=2024-10-21",
        "https://res.openai.azure.com//openai/deployments/, gpt-4, /openai/deployments/gpt-4/chat/completions?api-version=2024-10-21",
        "https://res.openai.azure.com/openai/deployments/dep-1, gpt-4, /openai/deployments/dep-1/chat/completions?api-version=2024-10-21",
        "https://res.openai.azure.com/openai/deployments/dep-1/chat/completions?api-version=2024-06-01, gpt-4, "
                + "/openai/deployments/dep-1/chat/completions?api-version=2024-06-01",
        "https://res.openai.azure.com/openai/deployments?api-version=2025-01-01-preview, gpt-4, "
                + "/openai/deployments/gpt-4/chat/completions?api-version=2025-01-01-preview",
        "https://res.openai.azure.com/openai/deployments, a/b c, /openai/deployments/a%2Fb%20c/chat/completions?api-version=2024-10-21",
        "https://res.openai.azure.com/openai/v1, gpt-4, /openai/v1/chat/completions",
        "https://res.openai.azure.com, gpt-4, /openai/v1/chat/completions",
        "https://res.openai.azure.com/, gpt-4, /openai/v1/chat/completions",
        "https://res.openai.azure.com/openai, gpt-4, /openai/v1/chat/completions",
        "https://res.services.ai.azure.com/openai, gpt-4, /openai/v1/chat/completions",
        "https://res.services.ai.azure.com/models, gpt-4, /models/chat/completions",
        "https://res.cognitiveservices.azure.com, gpt-4, /openai/v1/chat/completions",
        "https://gw.corp.example/openai/deployments, gpt-4, /openai/deployments/gpt-4/chat/completions?api-version=2024-10-21",
        "https://gw.corp.example/azure/openai/deployments/d, gpt-4, /azure/openai/deployments/d/chat/completions?api-version=2024-10-21",
        "https://azure.com/openai, gpt-4, /openai/chat/completions",
    })
    void findsChatAtAzure(String base, String model, String expected) {
        String url = url(provider(base), Operation.CHAT, model);

        assertThat(url.substring(url.indexOf('/', "https://".length()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.anthropic.com, https://api.anthropic.com/v1/messages",
        "https://api.anthropic.com/v1, https://api.anthropic.com/v1/messages",
        "https://api.anthropic.com/v1/, https://api.anthropic.com/v1/messages",
        "https://api.anthropic.com/v1/messages, https://api.anthropic.com/v1/messages",
        "https://ai-gw.corp.example/anthropic, https://ai-gw.corp.example/anthropic/v1/messages",
        "https://api.fireworks.ai/inference, https://api.fireworks.ai/inference/v1/messages",
        "https://host.example/v1beta?x=1, https://host.example/v1beta/v1/messages?x=1",
    })
    void findsMessages(String base, String expected) {
        Definition definition = Definition.builder("p")
                .dialect("anthropic-messages")
                .baseUrl(URI.create(base))
                .build();

        assertThat(url(definition, Operation.MESSAGES, "m")).isEqualTo(expected);
    }

    @Test
    void findsTheOtherOperationsOfAnthropic() {
        Definition definition = Definition.builder("p")
                .dialect("anthropic-messages")
                .baseUrl(URI.create("https://api.anthropic.com"))
                .build();

        assertThat(url(definition, Operation.COUNT_TOKENS, "m"))
                .isEqualTo("https://api.anthropic.com/v1/messages/count_tokens");
        assertThat(url(definition, Operation.MODELS, "m")).isEqualTo("https://api.anthropic.com/v1/models");
        assertThat(target(definition, Operation.CHAT, "m")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://host.example, https://host.example/v1/models",
        "https://host.example/api/paas/v4, https://host.example/api/paas/v4/models",
        "https://res.openai.azure.com/openai/deployments/d, https://res.openai.azure.com/openai/models?api-version=2024-10-21",
        "https://res.openai.azure.com, https://res.openai.azure.com/openai/v1/models",
    })
    void findsModels(String base, String expected) {
        assertThat(url(provider(base), Operation.MODELS, "m")).isEqualTo(expected);
    }

    @Test
    void offersNoMessagesWhereTheFileDoesNotSaySo() {
        assertThat(target(provider("https://host.example/v1"), Operation.MESSAGES, "m"))
                .isEmpty();
    }

    @Test
    void offersNothingOfItsOwnForAPluginsDialect() {
        Definition definition = Definition.builder("p")
                .dialect("other")
                .baseUrl(URI.create("https://host.example"))
                .build();

        assertThat(target(definition, Operation.CHAT, "m")).isEmpty();
    }

    @Test
    void hasNoEndpointsWithoutABaseUrl() {
        assertThat(Endpoints.of(Definition.builder("p").build())).isEmpty();
    }

    @Test
    void takesTheVersionOfTheFileOverThatOfTheBaseUrl() {
        Definition definition =
                provider("https://res.openai.azure.com/openai/deployments?api-version=2024-06-01&t=1").toBuilder()
                        .query(Map.of("api-version", new Value.Plain("2025-04-01-preview")))
                        .build();

        assertThat(url(definition, Operation.CHAT, "gpt-4"))
                .isEqualTo("https://res.openai.azure.com/openai/deployments/gpt-4/chat/completions"
                        + "?t=1&api-version=2025-04-01-preview");
    }

    @Test
    void appendsThePathOfTheFile() {
        Definition definition = provider("https://res.openai.azure.com//openai").toBuilder()
                .endpoints(Map.of(
                        Operation.CHAT, new Endpoint.Path("/deployments/{model}/chat/completions"),
                        Operation.MODELS, new Endpoint.NotOffered()))
                .query(Map.of("api-version", new Value.Plain("2024-10-21")))
                .build();

        assertThat(url(definition, Operation.CHAT, "gpt 4/x:y%"))
                .isEqualTo("https://res.openai.azure.com/openai/deployments/gpt%204%2Fx%3Ay%25/chat/completions"
                        + "?api-version=2024-10-21");
        assertThat(target(definition, Operation.MODELS, "m")).isEmpty();
    }

    @Test
    void keepsTheQueryOfAPathOfTheFile() {
        Definition definition = provider("https://host.example/v1?a=1").toBuilder()
                .endpoints(Map.of(Operation.CHAT, new Endpoint.Path("/chat?mode=x")))
                .build();

        assertThat(url(definition, Operation.CHAT, "m")).isEqualTo("https://host.example/v1/chat?a=1&mode=x");
    }

    @Test
    void addsNoVersionToABaseWhosePathTheFileSpells() {
        Definition definition = provider("http://localhost:1234").toBuilder()
                .endpoints(Map.of(Operation.MESSAGES, new Endpoint.Path("/v1/messages")))
                .build();

        assertThat(url(definition, Operation.MESSAGES, "m")).isEqualTo("http://localhost:1234/v1/messages");
    }

    @Test
    void takesAnAddressOfItsOwn() {
        Definition definition = provider("https://api.deepseek.com?ignored=1").toBuilder()
                .auth(Auth.bearer(TestSecret.of("KEY", "k")))
                .endpoints(Map.of(
                        Operation.MESSAGES,
                        new Endpoint.Absolute(
                                URI.create("https://api.deepseek.com/anthropic/%7Bmodel%7D?v=1"), Optional.empty())))
                .build();

        OperationTarget target = target(definition, Operation.MESSAGES, "a/b").orElseThrow();

        assertThat(target.url()).hasToString("https://api.deepseek.com/anthropic/a%2Fb?v=1");
        assertThat(target.auth().type()).isEqualTo("bearer");
        assertThat(target.atBase()).isTrue();
    }

    @Test
    void takesTheCredentialOfAnAddressOfItsOwn() {
        Auth other = Auth.header("x-api-key", TestSecret.of("OTHER", "o"));
        Definition definition = provider("https://api.example.com").toBuilder()
                .auth(Auth.bearer(TestSecret.of("KEY", "k")))
                .endpoints(Map.of(
                        Operation.MESSAGES,
                        new Endpoint.Absolute(URI.create("https://other.example/v1/messages"), Optional.of(other)),
                        Operation.MODELS,
                        new Endpoint.Absolute(URI.create("https://other.example/v1/models"), Optional.empty())))
                .build();

        assertThat(target(definition, Operation.MESSAGES, "m").orElseThrow().auth())
                .isEqualTo(other);
        OperationTarget models = target(definition, Operation.MODELS, "m").orElseThrow();
        assertThat(models.auth()).isEqualTo(Auth.NONE);
        assertThat(models.atBase()).isFalse();
    }

    @Test
    void leavesSecretMembersOutOfTheUrl() {
        Definition definition = provider("https://host.example/v1?key=old").toBuilder()
                .query(Map.of("key", new Value.Hidden(TestSecret.of("KEY", "k"))))
                .build();

        assertThat(url(definition, Operation.CHAT, "m")).isEqualTo("https://host.example/v1/chat/completions");
    }

    @ParameterizedTest
    @CsvSource({".", ".."})
    void refusesAModelThatWouldClimbThePath(String model) {
        Definition definition = provider("https://res.openai.azure.com/openai/deployments");

        assertThatIllegalArgumentException().isThrownBy(() -> target(definition, Operation.CHAT, model));
    }

    @Test
    void warnsOfAPastedOperation() {
        assertThat(Endpoints.of(provider("https://host.example/v1/chat/completions"))
                        .orElseThrow()
                        .warnings())
                .singleElement()
                .asString()
                .contains("/chat/completions")
                .endsWith("https://host.example/v1");
        assertThat(Endpoints.of(provider("https://host.example/v1"))
                        .orElseThrow()
                        .warnings())
                .isEmpty();
    }

    private static Definition provider(String base) {
        return Definition.builder("p").baseUrl(URI.create(base)).build();
    }

    private static Optional<OperationTarget> target(Definition definition, Operation operation, String model) {
        return Endpoints.of(definition).orElseThrow().target(operation, model, true);
    }

    private static String url(Definition definition, Operation operation, String model) {
        return target(definition, operation, model).orElseThrow().url().toString();
    }
}
