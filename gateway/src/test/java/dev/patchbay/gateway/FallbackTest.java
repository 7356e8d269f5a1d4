package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Fallback;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ClosedPort;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose provider fails before anything of an answer was passed on (provider-files.md, section 2, fallback). */
@Timeout(60)
class FallbackTest {

    private static final Answer BUSY = Answer.error(529, "overloaded_error", "come back later");
    private static final Set<Kind> ANY = EnumSet.copyOf(Fallback.CAUSES.values());

    private final GatewayFixture fixture = new GatewayFixture();
    private final FakeProvider first = fixture.fake;
    private final FakeProvider second = FakeProvider.start();

    @AfterEach
    void close() {
        fixture.close();
        second.close();
    }

    /** The provider {@code chat}, with a fallback to {@code b}, which speaks Messages. */
    private void start(Kind... when) {
        start(fixture.chatProvider().fallback(List.of(to("b", Arrays.asList(when)))), messagesProvider());
    }

    private void start(Definition.Builder... providers) {
        List<Definition> definitions = new ArrayList<>();
        Arrays.stream(providers).forEach(provider -> definitions.add(provider.build()));
        fixture.start(
                definitions, gateway -> gateway.provider(definitions.get(0).id()));
    }

    private static Fallback to(String id, Iterable<Kind> when) {
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        when.forEach(kinds::add);
        return new Fallback(id, kinds);
    }

    private Definition.Builder messagesProvider() {
        return Definition.builder("b")
                .dialect("anthropic-messages")
                .baseUrl(second.baseUrl())
                .auth(Auth.header("x-api-key", Secrets.given(Secret.of("canary-of-b"), Location.of("test"))))
                .defaultModel("b-model")
                .aliases(Map.of("sonnet", "b-sonnet"))
                .http(GatewayFixture.quick());
    }

    private Definition.Builder chatProvider(String id, Definition.Builder from, FakeProvider server) {
        return Definition.builder(id)
                .baseUrl(server.baseUrl("/" + id + "/v1"))
                .defaultModel(id + "-model")
                .fallback(from.build().fallback())
                .http(GatewayFixture.quick());
    }

    private HttpResponse<String> askChat(boolean stream) {
        return fixture.post("/v1/chat/completions", GatewayFixture.chat(stream));
    }

    private static String provider(HttpResponse<String> answer) {
        return answer.headers().firstValue("x-patchbay-provider").orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"thread\":{\"type\":\"create\"}", "\"thread\":{\"id\":\"thr_1\"}"})
    void staysWithTheUpstreamThatHoldsTheConversation(String member) {
        start(fixture.claudeProvider().fallback(List.of(to("b", ANY))), messagesProvider());
        first.answer(BUSY);

        HttpResponse<String> answer = fixture.post(
                "/v1/messages",
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"new\"}]," + member
                        + "}");

        assertThat(answer.statusCode()).isEqualTo(529);
        assertThat(answer.body()).contains("come back later (passed over: b: the conversation lies with claude)");
        assertThat(second.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rateLimit, 429, rate_limit_exceeded",
        "overloaded, 503, busy",
        "server, 500, server_error",
        "timeout, 504, timeout",
        "auth, 401, invalid_api_key",
        "quota, 429, insufficient_quota",
        "contextLength, 400, context_length_exceeded"
    })
    void goesOnAfterAStatusThatTheFileNames(String when, int status, String code) {
        start(Fallback.CAUSES.get(when));
        first.answer(Answer.error(status, code, "no"));
        second.answer(Answer.text("from b"));

        HttpResponse<String> relayed = askChat(false);
        HttpResponse<String> translated = fixture.post("/v1/messages", GatewayFixture.messages(true));

        assertThat(relayed.statusCode()).isEqualTo(200);
        assertThat(Json.parse(relayed.body()).at("/choices/0/message/content").asText())
                .isEqualTo("from b");
        assertThat(translated.statusCode()).isEqualTo(200);
        assertThat(translated.body()).contains("from b", "message_stop").doesNotContain("event: error");
        assertThat(first.requests()).hasSize(2);
    }

    @Test
    void passesAStatusThatTheFileDoesNotName() {
        start(Kind.OVERLOADED, Kind.NETWORK);
        first.answer(Answer.error(429, "rate_limit_exceeded", "slow down").header("retry-after", "7"));

        HttpResponse<String> answer = askChat(true);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("slow down");
        assertThat(answer.headers().firstValue("retry-after")).contains("7");
        assertThat(provider(answer)).isEqualTo("chat");
        assertThat(second.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnWhereNobodyListens(boolean stream) {
        try (ClosedPort closed = ClosedPort.open()) {
            start(
                    fixture.chatProvider()
                            .baseUrl(closed.baseUrl("/v1"))
                            .fallback(List.of(to("b", List.of(Kind.NETWORK)))),
                    messagesProvider());
            second.answer(Answer.text("from b"));

            assertThat(askChat(stream).body()).contains("from b");
        }
    }

    @Test
    void goesOnWhereNoAnswerComesInTime() {
        start(Kind.TIMEOUT);
        first.answer(Answer.silence());
        second.answer(Answer.text("from b"));

        assertThat(askChat(true).body()).contains("from b", "[DONE]");
        first.awaitClientGone(Duration.ofSeconds(2));
    }

    @Test
    void asksAnewAsIfTheFallbackHadBeenMeantFromTheBeginning() {
        start(Kind.OVERLOADED);
        first.answer(BUSY);

        HttpResponse<String> answer = fixture.post(
                "/v1/messages",
                "{\"model\":\"sonnet\",\"max_tokens\":7,\"top_k\":3,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        askChat(false);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(provider(answer)).isEqualTo("b");
        assertThat(answer.headers().firstValue("x-patchbay-model")).contains("b-sonnet");
        RecordedRequest relayed = second.requests().get(0);
        assertThat(relayed.path()).isEqualTo("/v1/messages");
        assertThat(relayed.text())
                .isEqualTo("{\"model\":\"b-sonnet\",\"max_tokens\":7,\"top_k\":3,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(second.requests().get(1).member("model").toString()).contains("b-model");
        assertThat(second.sawAnywhere("canary-of-b")).isTrue();
        assertThat(second.sawAnywhere(GatewayFixture.KEY)).isFalse();
        assertThat(first.sawAnywhere("canary-of-b")).isFalse();
    }

    @Test
    void tellsWhoAnsweredAndWhoFailed() {
        start(Kind.OVERLOADED);
        first.answer(Answer.error(529, "overloaded_error", "no").header("x-request-id", "of-the-first"));

        HttpResponse<String> answer = askChat(true);
        AccessRecord record = fixture.record();
        String metrics = fixture.get("/metrics").body();

        assertThat(answer.headers().allValues("x-patchbay-provider")).containsExactly("b");
        assertThat(answer.headers().allValues("x-patchbay-model")).containsExactly("b-model");
        assertThat(answer.headers().firstValue("x-request-id").orElse("")).isNotEqualTo("of-the-first");
        assertThat(metrics)
                .contains("patchbay_gateway_fallbacks_total{from=\"chat\",to=\"b\",why=\"overloaded\"} 1.0")
                .contains("mode=\"translate\",provider=\"b\",status=\"200\"");
        assertThat(record.provider()).contains("b");
        assertThat(record.failedBefore()).containsExactly("chat");
        assertThat(record.toString()).contains(" b b-model translate ", "(after chat failed)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void neverReplaysWhatBegan(String path) {
        start(Kind.SERVER, Kind.NETWORK, Kind.TIMEOUT, Kind.OVERLOADED);
        first.answer(Answer.text("half ", "of it").cutBefore("of it"));

        String body = fixture.postBroken(
                path, path.endsWith("messages") ? GatewayFixture.messages(true) : GatewayFixture.chat(true));

        assertThat(body).contains("half ", "error").doesNotContain("[DONE]", "message_stop");
        assertThat(second.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void goesOnWhereAStreamBeginsWithAnError(String path) {
        start(Kind.OVERLOADED);
        first.answer(
                Answer.sse("data: {\"error\":{\"message\":\"full\",\"code\":\"overloaded\"}}", "", "data: [DONE]", ""));
        second.answer(Answer.text("from b"));

        String body = fixture.post(
                        path, path.endsWith("messages") ? GatewayFixture.messages(true) : GatewayFixture.chat(true))
                .body();

        assertThat(body).contains("from b").doesNotContain("full");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnWhereAnAnswerBreaksBeforeItsFirstByte(boolean stream) {
        start(Kind.SERVER);
        first.answer(Answer.text("never seen").cutAfter(0));
        second.answer(Answer.text("from b"));

        HttpResponse<String> answer = askChat(stream);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("from b");
    }

    @Test
    void tellsTheLastFailureOfAChainInWhichEachIsAskedOnce() {
        Definition.Builder chat = fixture.chatProvider().fallback(List.of(to("two", ANY), to("three", ANY)));
        start(
                chat,
                chatProvider(
                        "two", Definition.builder("x").fallback(List.of(to("chat", ANY), to("three", ANY))), second),
                chatProvider("three", Definition.builder("x").fallback(List.of(to("two", ANY))), second));
        first.answer(BUSY);
        second.enqueue(Answer.error(500, "server_error", "two is broken"));
        second.enqueue(Answer.error(429, "rate_limit_exceeded", "three is busy"));

        HttpResponse<String> answer = askChat(false);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("three is busy");
        assertThat(provider(answer)).isEqualTo("three");
        assertThat(first.requests()).hasSize(1);
        assertThat(second.requests())
                .extracting(RecordedRequest::path)
                .containsExactly("/two/v1/chat/completions", "/three/v1/chat/completions");
    }

    @Test
    void saysWhichFallbacksCannotBeAskedAndWhyAndPassesTheFailureOtherwiseAsItIs() {
        Auth unset = Auth.bearer(Secrets.variable("NOT_SET", Environment.of(Map.of()), Location.of("test")));
        start(
                fixture.chatProvider()
                        .fallback(List.of(
                                to("keyless", ANY), to("without-model", ANY), to("silent", ANY), to("locked", ANY))),
                chatProvider("keyless", Definition.builder("x"), second).auth(unset),
                Definition.builder("without-model").baseUrl(second.baseUrl("/v1")),
                chatProvider("silent", Definition.builder("x"), second)
                        .endpoints(Map.of(Operation.CHAT, new Endpoint.NotOffered())),
                chatProvider("locked", Definition.builder("x"), second)
                        .auth(Auth.bearer(Secrets.command(
                                List.of("sh", "-c", "echo canary-of-a-vault >&2; exit 3"),
                                Duration.ofHours(1),
                                Duration.ofSeconds(20),
                                Location.of("test")))));
        first.answer(Answer.json(503, "{\"error\":{\"message\":\"full\",  \"type\":\"t\",\"code\":\"c\",\"more\":1}}"));

        HttpResponse<String> answer = askChat(false);
        AccessRecord record = fixture.record();
        HttpResponse<String> translated = fixture.post("/v1/messages", GatewayFixture.messages(false));

        assertThat(answer.statusCode()).isEqualTo(503);
        JsonNode error = Json.parse(answer.body()).path("error");
        assertThat(error.path("message").asText())
                .startsWith("full (passed over: keyless: NOT_SET is not set (test); without-model: ")
                .contains(
                        "; silent: provider 'silent' does not offer chat; locked: the command sh exited with status 3")
                .doesNotContain("canary");
        assertThat(error.path("code").asText() + error.path("more").asInt()).isEqualTo("c1");
        assertThat(Json.parse(translated.body()).at("/error/message").asText())
                .isEqualTo(error.path("message").asText());
        assertThat(second.requests()).isEmpty();
        assertThat(record.failedBefore()).isEmpty();
        assertThat(record.toString())
                .contains("(passed over: keyless: NOT_SET is not set")
                .doesNotContain("full");
    }

    @Test
    void passesOverAFallbackThatCannotTakeTheRequest() {
        Map<Operation, Endpoint> none = Map.of(Operation.CHAT, new Endpoint.NotOffered());
        start(
                fixture.chatProvider().fallback(List.of(to("silent", ANY), to("b", ANY))),
                chatProvider("silent", Definition.builder("x"), second).endpoints(none),
                messagesProvider());
        first.answer(BUSY);

        assertThat(provider(askChat(false))).isEqualTo("b");
    }

    @Test
    void countsTokensWhereTheFallbackCan() {
        start(
                Definition.builder("claude")
                        .dialect("anthropic-messages")
                        .baseUrl(first.baseUrl())
                        .http(GatewayFixture.quick())
                        .fallback(List.of(to("b", ANY), to("estimate", ANY))),
                messagesProvider(),
                chatProvider("estimate", Definition.builder("x"), second));
        first.answer(BUSY);

        HttpResponse<String> counted = fixture.post("/v1/messages/count_tokens", GatewayFixture.messages(false));
        second.answer(BUSY);
        HttpResponse<String> estimated = fixture.post("/v1/messages/count_tokens", GatewayFixture.messages(false));

        assertThat(provider(counted)).isEqualTo("b");
        assertThat(Json.parse(counted.body()).path("input_tokens").asInt()).isPositive();
        assertThat(provider(estimated)).isEqualTo("estimate");
        assertThat(Json.parse(estimated.body()).path("input_tokens").asInt()).isPositive();
        assertThat(second.requests()).extracting(RecordedRequest::path).containsOnly("/v1/messages/count_tokens");
    }

    @Test
    void cancelsTheFallbackWhenTheClientLeaves() throws IOException {
        start(
                fixture.chatProvider().fallback(List.of(to("b", ANY))),
                messagesProvider().http(GatewayFixture.limits(Duration.ofSeconds(30))));
        first.answer(BUSY);
        second.answer(Answer.silence());
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(RawClient.post("/v1/chat/completions", GatewayFixture.chat(true)));
            second.takeRequest(Duration.ofSeconds(5));
        }
        long left = System.nanoTime();

        second.awaitClientGone(Duration.ofSeconds(5));

        assertThat(System.nanoTime() - left).isLessThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(first.requests()).hasSize(1);
    }
}
