package dev.patchbay.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.internal.http.socket.SilenceException;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.internal.route.TestSecret;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.provider.Timeout;
import dev.patchbay.provider.Value;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.HttpTransport;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ClosedPort;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.HostileAnswer;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTransportTest {

    private static final String CANARY = "canary-7f3a91";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final FakeProvider fake = FakeProvider.start();
    private final HttpClients clients = HttpClients.create();

    @AfterEach
    void close() {
        clients.close();
        fake.close();
    }

    @Test
    void addsTheCredentialAndTheHeadersOfTheFile() throws IOException {
        Definition definition = definition()
                .headers(Map.of(
                        "X-Team", new Value.Plain("blue"), "X-Token", new Value.Hidden(TestSecret.of("T", "t1"))))
                .build();

        try (HttpReply reply = transport(definition).send(get("/models"))) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(new String(reply.body().readAllBytes(), UTF_8)).contains("data");
        }

        RecordedRequest request = fake.onlyRequest();
        assertThat(request.header("authorization")).contains("Bearer " + CANARY);
        assertThat(request.header("x-team")).contains("blue");
        assertThat(request.header("x-token")).contains("t1");
        assertThat(request.header("user-agent").orElseThrow()).startsWith("patchbay/");
    }

    @Test
    void laysTheHeadersOfTheFileOverThoseOfTheCallWhateverTheirCase() {
        Definition definition = definition()
                .headers(Map.of("X-Team", new Value.Plain("blue"), "X-Empty", new Value.Plain("")))
                .build();

        transport(definition).send(get("/models").header("x-team", "red")).close();

        assertThat(fake.onlyRequest().headers().all("x-team")).containsExactly("blue");
        assertThat(fake.onlyRequest().headers().contains("x-empty")).isFalse();
    }

    @Test
    void asksForNoUpgradeOfAPlainConnection() throws IOException {
        exchange(get("/models"));

        assertThat(fake.onlyRequest().headers().contains("upgrade")).isFalse();
        assertThat(fake.onlyRequest().headers().contains("http2-settings")).isFalse();
    }

    @Test
    void sendsCredentialsToNoOtherOrigin() throws IOException {
        try (FakeProvider other = FakeProvider.start()) {
            Definition definition = definition()
                    .headers(Map.of("X-Token", new Value.Hidden(TestSecret.of("T", CANARY))))
                    .query(Map.of("key", new Value.Hidden(TestSecret.of("T", CANARY))))
                    .build();

            transport(definition)
                    .send(HttpCall.get(other.baseUrl("/v1/models")))
                    .close();

            assertThat(other.requests()).hasSize(1);
            assertThat(other.sawAnywhere(CANARY)).isFalse();
        }
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (FakeProvider other = FakeProvider.start()) {
            fake.answer(Answer.redirect(other.baseUrl("/v1/models")));

            try (HttpReply reply = transport(definition().build()).send(get("/models"))) {
                assertThat(reply.status()).isBetween(300, 399);
            }
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void addsSecretMembersToTheQuery() throws IOException {
        Definition definition = definition()
                .query(Map.of("key", new Value.Hidden(TestSecret.of("T", "a b&c"))))
                .build();

        transport(definition).send(get("/models")).close();

        assertThat(fake.onlyRequest().target()).endsWith("/models?key=a%20b%26c");
    }

    @Test
    void sendsNothingWhenTheSecretIsMissing() {
        Definition definition =
                definition().auth(Auth.bearer(TestSecret.unset("MISSING"))).build();

        ProviderException failure = failure(definition, get("/models"));

        assertThat(failure.kind()).isEqualTo(Kind.AUTH);
        assertThat(failure).hasMessageContaining("$MISSING");
        assertThat(fake.connections()).isZero();
    }

    @Test
    void refusesAValueThatNoHeaderCanHoldWithoutQuotingIt() {
        Definition definition = definition()
                .auth(Auth.bearer(TestSecret.of("KEY", CANARY + "\n" + CANARY)))
                .build();

        ProviderException failure = failure(definition, get("/models"));

        assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(failure).hasMessageContaining("Authorization");
        assertThat(ChatFixture.printed(failure)).doesNotContain(CANARY);
        assertThat(fake.connections()).isZero();
    }

    @Test
    void saysThatTheHostRefusesTheConnection() throws IOException {
        try (ClosedPort port = ClosedPort.open()) {
            Definition definition = definition().baseUrl(port.baseUrl("/v1")).build();

            ProviderException failure = failure(definition, HttpCall.get(port.baseUrl("/v1/models")));

            assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
            assertThat(failure).hasMessage(port.baseUrl("") + " refused the connection");
            assertThat(failure.help().orElseThrow()).contains("start the server");
        }
    }

    @Test
    void saysThatThereIsNoSuchHost() {
        URI nowhere = URI.create("http://no-such-host.invalid/v1");
        Definition definition = definition().baseUrl(nowhere).auth(Auth.NONE).build();

        ProviderException failure = failure(definition, HttpCall.get(nowhere));

        assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
        assertThat(failure).hasMessage("there is no host named no-such-host.invalid");
    }

    @Test
    void saysThatTheConnectionWasClosedWithoutAnAnswer() {
        fake.answer(Answer.closeBeforeHead());

        ProviderException failure = failure(definition().build(), post("/chat/completions"));

        assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
        assertThat(failure).hasMessageContaining("closed the connection without an answer");
        assertThat(ChatFixture.printed(failure)).doesNotContain(CANARY);
    }

    @Test
    void saysThatTheConnectionWasReset() {
        fake.answer(Answer.resetBeforeHead());

        ProviderException failure = failure(definition().build(), post("/chat/completions"));

        assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
        assertThat(failure).hasMessageContaining("broke the connection before it answered");
    }

    @Test
    void saysThatHalfAHeadIsNoAnswer() {
        fake.answer(Answer.halfHead());

        ProviderException failure = failure(impatientForTheHead(), post("/chat/completions"));

        assertThat(failure.kind()).isIn(Kind.NETWORK, Kind.TIMEOUT);
    }

    @Test
    void saysThatTheOtherSideSpeaksNoHttp() {
        fake.answer(Answer.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(UTF_8)));

        ProviderException failure = failure(definition().build(), get("/models"));

        assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
        assertThat(failure).hasMessageContaining("not HTTP");
    }

    @ParameterizedTest
    @CsvSource({
        "ENDLESS_INFORMATION,announced an answer again and again",
        "ENDLESS_HEAD,sent more than 256 KiB of headers",
        "HEADER_OF_A_MEGABYTE,sent more than 256 KiB of headers"
    })
    void saysThatTooMuchComesBeforeTheAnswer(HostileAnswer answer, String words) {
        fake.answer(answer.answer());

        ProviderException failure = failure(definition().build(), get("/models"));

        assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
        assertThat(failure).hasMessageContaining(words).message().doesNotContain("not HTTP");
    }

    @Test
    void saysThatTheOtherSideSpeaksNoTls() {
        URI https = URI.create("https://127.0.0.1:" + fake.port() + "/v1/models");
        Definition definition = definition().baseUrl(https).build();

        ProviderException failure = failure(definition, HttpCall.get(https));

        assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
        assertThat(failure).hasMessageContaining("no TLS connection");
        assertThat(failure.help().orElseThrow()).contains("http://");
    }

    @Test
    void givesUpWhenNoAnswerBegins() {
        fake.answer(Answer.silence());

        ProviderException failure = failure(impatientForTheHead(), get("/models"));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessageContaining("no answer from " + fake.baseUrl() + " within 300ms");
        fake.awaitClientGone(SECOND);
    }

    @Test
    void givesUpWhenAnAnswerStopsComing() {
        fake.answer(Answer.text("one", "two").holdAfter(1, Gate.closed()));

        HttpReply reply = transport(impatientForMore()).send(post("/chat/completions"));

        assertThat(catchThrowableOfType(
                        SilenceException.class, () -> reply.body().readAllBytes()))
                .isNotNull();
        reply.close();
        fake.awaitClientGone(SECOND);
    }

    @Test
    void givesUpWhenTheWholeTakesTooLong() {
        fake.answer(Answer.silence());
        Definition definition = definition()
                .http(new HttpSettings(
                        Timeout.of(LONG),
                        Optional.of(Timeout.of(LONG)),
                        Timeout.of(LONG),
                        Timeout.of(Duration.ofMillis(200)),
                        RetryPolicy.DEFAULT))
                .build();

        ProviderException failure = failure(definition, get("/models"));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessageContaining("did not finish its answer within 200ms");
    }

    @Test
    void closesTheConnectionAtOnceWhileTheOtherSideIsSilent() {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("one", "two").holdAfter(1, gate));
        HttpReply reply = transport(definition().build()).send(post("/chat/completions"));
        CompletableFuture<Throwable> reader = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(Throwable.class, () -> reply.body().readAllBytes()));
        gate.awaitReached(LONG);

        reply.close();

        assertThat(reader.join()).isInstanceOf(IOException.class);
        fake.awaitClientGone(SECOND);
    }

    @Test
    void endsEverythingThatIsOpenWhenClosed() {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("one", "two").holdAfter(1, gate));
        transport(definition().build()).send(post("/chat/completions"));
        gate.awaitReached(LONG);

        clients.close();

        fake.awaitClientGone(SECOND);
    }

    @Test
    void givesUpWhenTheThreadIsInterrupted() {
        fake.answer(Answer.silence());
        Thread.currentThread().interrupt();

        ProviderException failure = failure(definition().build(), get("/models"));

        assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void usesAConnectionAgain() throws IOException {
        exchange(get("/models"));
        exchange(get("/models"));

        assertThat(fake.requests()).hasSize(2);
        assertThat(fake.connections()).isEqualTo(1);
    }

    @Test
    void sendsOnceMoreWhereAPooledConnectionWasStale() throws IOException {
        fake.enqueue(Answer.text("one").thenClose());
        exchange(post("/chat/completions"));

        exchange(post("/chat/completions"));

        assertThat(fake.connections()).isEqualTo(2);
    }

    @Test
    void sendsOnceMoreWhereAPooledConnectionBreaksUnderTheRequest() throws IOException {
        exchange(post("/chat/completions"));
        fake.enqueue(Answer.closeBeforeHead());

        exchange(post("/chat/completions"));

        assertThat(fake.requests()).hasSize(3);
    }

    @Test
    void sendsOnceMoreWhereAPooledConnectionIsResetUnderTheRequest() throws IOException {
        exchange(post("/chat/completions"));
        fake.enqueue(Answer.resetBeforeHead());

        exchange(post("/chat/completions"));

        assertThat(fake.requests()).hasSize(3);
    }

    @Test
    void decodesWhatWasCompressedUnasked() throws IOException {
        fake.answer(Answer.text("Hel", "lo").gzip());

        assertThat(exchange(post("/chat/completions"))).contains("Hel");
        assertThat(fake.onlyRequest().headers().contains("accept-encoding")).isFalse();
    }

    private Definition.Builder definition() {
        return Definition.builder("fake")
                .baseUrl(fake.baseUrl("/v1"))
                .defaultModel("m")
                .auth(Auth.bearer(TestSecret.of("KEY", CANARY)));
    }

    private Definition impatientForTheHead() {
        return definition().http(ChatFixture.impatientForTheHead()).build();
    }

    private Definition impatientForMore() {
        return definition().http(ChatFixture.impatientForMore()).build();
    }

    private HttpTransport transport(Definition definition) {
        return new RouteTransport(
                clients,
                RouteResolver.resolve(definition, RouteOverrides.none()),
                new RequestPreparation(type -> Optional.empty()),
                new UsedSecrets());
    }

    private HttpCall get(String path) {
        return HttpCall.get(fake.baseUrl("/v1" + path));
    }

    private HttpCall post(String path) {
        return HttpCall.post(fake.baseUrl("/v1" + path), "{\"stream\": true, \"messages\": []}".getBytes(UTF_8))
                .header("content-type", "application/json");
    }

    private String exchange(HttpCall call) throws IOException {
        try (HttpReply reply = transport(definition().build()).send(call)) {
            return new String(reply.body().readAllBytes(), UTF_8);
        }
    }

    private ProviderException failure(Definition definition, HttpCall call) {
        return catchThrowableOfType(
                ProviderException.class, () -> transport(definition).send(call));
    }
}
