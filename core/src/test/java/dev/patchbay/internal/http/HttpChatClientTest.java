package dev.patchbay.internal.http;

import static dev.patchbay.internal.http.ChatFixture.CANARY;
import static dev.patchbay.internal.http.ChatFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.internal.route.TestSecret;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.BodyRules;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.RequestPreview;
import dev.patchbay.provider.SecretPlaceholders;
import dev.patchbay.provider.TextWithSecrets;
import dev.patchbay.provider.Value;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Quirk;
import dev.patchbay.testkit.RecordedRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpChatClientTest {

    private final ChatFixture chat = new ChatFixture();
    private final FakeProvider fake = chat.fake;

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void streamsAnAnswer() {
        fake.answer(Answer.text("Hel", "lo"));

        assertThat(chat.answer(chat.definition().build())).isEqualTo("Hello");

        RecordedRequest request = fake.onlyRequest();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/v1/chat/completions");
        assertThat(request.header("authorization")).contains("Bearer " + CANARY);
        assertThat(request.header("content-type")).contains("application/json");
        assertThat(request.header("accept").orElseThrow()).startsWith("text/event-stream");
        assertThat(request.wantsStream()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/gpt-oss-120b", "qwen3:30b", "a b\"c", "模型"})
    void sendsTheModelByteForByte(String model) {
        chat.answer(chat.definition().defaultModel(model).build());

        assertThat(fake.onlyRequest().member("model")).isEqualTo(Optional.of(model));
    }

    @Test
    void asksAzureInItsLayout() {
        Definition definition = chat.definition()
                .baseUrl(fake.baseUrl("//openai/deployments"))
                .auth(Auth.header("api-key", TestSecret.of("AZURE_OPENAI_KEY", CANARY)))
                .defaultModel("gpt-4")
                .build();

        chat.answer(definition);

        RecordedRequest request = fake.onlyRequest();
        assertThat(request.target()).isEqualTo("/openai/deployments/gpt-4/chat/completions?api-version=2024-10-21");
        assertThat(request.header("api-key")).contains(CANARY);
        assertThat(request.headers().contains("authorization")).isFalse();
    }

    @Test
    void asksAnthropicInItsDialect() {
        Definition definition = chat.definition()
                .dialect("anthropic-messages")
                .baseUrl(fake.baseUrl())
                .auth(Auth.header("x-api-key", TestSecret.of("ANTHROPIC_API_KEY", CANARY)))
                .build();
        fake.answer(Answer.text("Hel", "lo"));

        assertThat(chat.answer(definition)).isEqualTo("Hello");

        RecordedRequest request = fake.onlyRequest();
        assertThat(request.target()).isEqualTo("/v1/messages");
        assertThat(request.header("x-api-key")).contains(CANARY);
        assertThat(request.header("anthropic-version")).contains("2023-06-01");
        assertThat(request.headers().contains("authorization")).isFalse();
    }

    @Test
    void asksAnAddressOfItsOwnWithItsOwnKey() {
        try (FakeProvider other = FakeProvider.start()) {
            Definition definition = chat.definition()
                    .headers(Map.of("X-Token", new Value.Hidden(TestSecret.of("T", CANARY))))
                    .endpoints(Map.of(
                            Operation.CHAT,
                            new Endpoint.Absolute(
                                    other.baseUrl("/x/chat/completions"),
                                    Optional.of(Auth.bearer(TestSecret.of("OTHER", "other-key"))))))
                    .build();

            chat.answer(definition);

            assertThat(other.onlyRequest().header("authorization")).contains("Bearer other-key");
            assertThat(other.sawAnywhere(CANARY)).isFalse();
            assertThat(fake.connections()).isZero();
        }
    }

    @Test
    void appliesTheBodyRules() {
        Definition definition = chat.definition()
                .body(new BodyRules(
                        Map.of("max_tokens", "limit"),
                        Map.of("seed", 7),
                        Map.of("temperature", 0.25),
                        List.of("model", "stream_options.include_usage")))
                .build();

        chat.answer(definition);

        assertThat(fake.onlyRequest().text())
                .contains("\"limit\":100")
                .contains("\"seed\":7")
                .contains("\"temperature\":0.25")
                .contains("\"stream_options\":{}")
                .doesNotContain("\"model\"")
                .doesNotContain("max_tokens");
    }

    @Test
    void takesAWholeBodyWhereAStreamWasAskedFor() {
        fake.answer(Answer.text("Hel", "lo").with(Quirk.STREAM_IGNORED));

        assertThat(chat.answer(chat.definition().build())).isEqualTo("Hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/event-stream", "application/json"})
    void takesAWholeBodyWhateverItsType(String type) {
        fake.answer(Answer.status(200)
                .body(type, "{\"choices\":[{\"message\":{\"content\":\"plain\"},\"finish_reason\":\"stop\"}]}"));

        assertThat(chat.answer(chat.definition().build())).isEqualTo("plain");
    }

    @Test
    void takesAStreamThatSaysItIsAWholeBody() {
        fake.answer(Answer.status(200)
                .body(
                        "application/json",
                        "data: {\"choices\":[{\"delta\":{\"content\":\"odd\"},\"finish_reason\":\"stop\"}]}\n\n"
                                + "data: [DONE]\n\n"));

        assertThat(chat.answer(chat.definition().build())).isEqualTo("odd");
    }

    @Test
    void failsWithAnErrorThatSaysItIsAStream() {
        fake.answer(Answer.status(200)
                .body("text/event-stream", "{\"error\":{\"message\":\"no such model\",\"code\":\"model_not_found\"}}"));

        ProviderException failure = chat.failure(chat.definition().build());

        assertThat(failure.kind()).isEqualTo(ProviderException.Kind.NOT_FOUND);
        assertThat(failure).hasMessage("no such model");
    }

    @Test
    void asksForNoStreamWhereNoneIsWanted() {
        fake.answer(Answer.text("Hel", "lo"));
        try (var stream = chat.client(chat.definition().build()).stream(
                request().stream(false).build())) {
            assertThat(ChatFixture.text(stream)).isEqualTo("Hello");
        }

        assertThat(fake.onlyRequest().wantsStream()).isFalse();
        assertThat(fake.onlyRequest().header("accept")).contains("application/json");
    }

    @Test
    void takesACompressedStream() {
        fake.answer(Answer.text("Hel", "lo").gzip());

        assertThat(chat.answer(chat.definition().build())).isEqualTo("Hello");
    }

    @Test
    void takesAStreamInTinyPieces() {
        fake.answer(Answer.text("Grüße, ", "世界").inFragmentsOf(1));

        assertThat(chat.answer(chat.definition().build())).isEqualTo("Grüße, 世界");
    }

    @Test
    void failsWithAnErrorInsideAStream() {
        fake.answer(Answer.text("one").thenError("overloaded_error", "busy"));

        ProviderException failure = chat.failure(chat.definition().build());

        assertThat(failure.kind()).isEqualTo(ProviderException.Kind.OVERLOADED);
        assertThat(failure).hasMessage("busy");
    }

    @Test
    void givesTheSameFailureHoweverOftenItIsAsked() {
        fake.answer(Answer.error(400, "invalid_request_error", "no"));
        var stream = chat.stream(chat.definition().build());
        ProviderException first = catchThrowableOfType(ProviderException.class, stream::next);

        assertThat(catchThrowableOfType(ProviderException.class, stream::next)).isSameAs(first);
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void usesItsConnectionForTheNextTurn() {
        Definition definition = chat.definition().build();

        chat.answer(definition);
        chat.answer(definition);

        assertThat(fake.requests()).hasSize(2);
        assertThat(fake.connections()).isEqualTo(1);
    }

    @Test
    void refusesAnOperationThatIsNotOffered() {
        Definition definition = chat.definition()
                .endpoints(Map.of(Operation.CHAT, new Endpoint.NotOffered()))
                .build();

        assertThat(catchThrowableOfType(ProviderException.class, () -> chat.client(definition)))
                .hasMessageContaining("does not offer chat");
    }

    @Test
    void showsTheRequestWithoutSendingIt() {
        Definition definition = chat.definition()
                .auth(Auth.bearer(TestSecret.unset("GROQ_API_KEY")))
                .query(Map.of("key", new Value.Hidden(TestSecret.unset("Q"))))
                .build();

        RequestPreview preview = chat.providers
                .preview(
                        RouteResolver.resolve(definition, RouteOverrides.none()),
                        request().build(),
                        new SecretPlaceholders())
                .orElseThrow();

        assertThat(TextWithSecrets.text(preview.url())).isEqualTo(fake.baseUrl("/v1/chat/completions") + "?key=$Q");
        assertThat(preview.headers())
                .filteredOn(header -> header.name().equals("Authorization"))
                .singleElement()
                .satisfies(header ->
                        assertThat(TextWithSecrets.text(header.value())).isEqualTo("Bearer $GROQ_API_KEY"));
        assertThat(TextWithSecrets.text(preview.body())).contains("\"model\":\"m\"");
        assertThat(fake.connections()).isZero();
    }
}
