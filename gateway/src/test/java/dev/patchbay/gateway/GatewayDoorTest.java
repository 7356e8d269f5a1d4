package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway does where things go wrong on the side of its clients, or in itself. */
@Timeout(60)
class GatewayDoorTest {

    private static final String MODELS = "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    private final GatewayFixture fixture = new GatewayFixture();
    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (RawClient client : clients) {
            client.close();
        }
        fixture.close();
    }

    private void start(UnaryOperator<GatewayBuilder> more) {
        fixture.start(
                fixture.chatProvider()
                        .defaultModel("m")
                        .http(GatewayFixture.limits(Duration.ofSeconds(20)))
                        .build(),
                builder -> more.apply(builder.provider("chat")));
    }

    private RawClient client() throws Exception {
        RawClient client = RawClient.connect(fixture.gateway().port());
        clients.add(client);
        return client;
    }

    private RawAnswer ask(String text) throws Exception {
        RawClient client = client();
        client.send(text);
        return client.readAnswer();
    }

    /** RFC 9110, section 5.3: who stands between client and gateway may take the other one. */
    @Test
    void takesNoRequestWithTwoCredentialsOfOneName() throws Exception {
        start(builder -> builder.token(Secret.of("right-token")));
        String right = "Authorization: Bearer right-token\r\n";
        String wrong = "Authorization: Bearer wrong-token\r\n";

        for (String two : List.of(right + wrong, wrong + right, "x-api-key: right-token\r\nX-Api-Key: other\r\n")) {
            RawAnswer answer = ask(withHeaders(two));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("more than once").doesNotContain("-token");
        }
        assertThat(ask(withHeaders(right + right)).status()).isEqualTo(200);
        assertThat(ask(withHeaders("x-api-key: other\r\n" + right)).status()).isEqualTo(200);
        assertThat(ask(withHeaders("x-api-key: other\r\n" + wrong)).status()).isEqualTo(401);
    }

    private static String withHeaders(String lines) {
        return MODELS.replace("\r\n\r\n", "\r\n" + lines + "\r\n");
    }

    @Test
    void repeatsNoKeyThatStandsInAnAddress() throws Exception {
        start(builder -> builder);
        String key = "sk-" + "proj-" + "abcdefghijklmnopqrstuvwxyz0123456789";

        for (String target : List.of("GET /v1/models/" + key, "GET /v1/models/chat/" + key, key + " /v1/models")) {
            RawAnswer answer = ask(target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

            assertThat(answer.status()).isBetween(404, 405);
            assertThat(answer.body()).doesNotContain(key);
            assertThat(fixture.record().toString()).doesNotContain(key);
        }
    }

    @Test
    void answersWhateverIsThrownBeforeARequestIsPlanned() {
        start(builder -> builder.addresses(path -> {
            if (path.contains("error")) {
                throw new StackOverflowError("of a test");
            }
            throw new IllegalStateException("of a test");
        }));

        for (String path : List.of("/v1/messages", "/v1/chat/completions", "/v1/models", "/health", "/error")) {
            HttpResponse<String> answer = fixture.get(path);

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("\"message\":\"the gateway failed; its log says why\"");
            assertThat(fixture.record().status()).hasValue(500);
        }
    }

    /** Whoever waits to be invited has not sent its body yet, and need not. */
    @Test
    void invitesNoBodyThatItRefuses() throws Exception {
        start(builder -> builder.token(Secret.of("the-token")).maxRequestBytes(1000));
        String waiting = "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ";

        assertThat(answerTo(waiting + "2\r\n\r\n")).startsWith("HTTP/1.1 401 ");
        assertThat(answerTo("x-api-key: the-token\r\n" + waiting + "2000\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(answerTo("x-api-key: the-token\r\n" + waiting + "2\r\n\r\n")).startsWith("HTTP/1.1 100 ");
    }

    private String answerTo(String headers) throws Exception {
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers);
            return client.readSome();
        }
    }

    @Test
    void repeatsNothingOfAFirstLineThatIsNone() throws Exception {
        start(builder -> builder);

        for (String rest : List.of("Host: 127.0.0.1\r\n", "no header\r\n", "Host: a%zz\r\n", "Content-Length: x\r\n")) {
            RawClient client = client();
            client.send("GET /health EVIL/9.9\r\n" + rest + "\r\n");
            assertThat(client.readSome()).as(rest).startsWith("HTTP/1.1 ");
        }
    }

    @Test
    void answersWhereAnotherHandlerThrows() {
        start(builder -> builder.otherwise(request -> {
            throw new IllegalStateException("of a test");
        }));

        assertThat(fixture.get("/page").statusCode()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, 'data: {\"error\":'",
        "/v1/messages, 'event: error\ndata: {\"type\":\"error\"'",
        "/v1/responses, 'event: response.failed'"
    })
    void endsStreamsWithAnErrorWhereTheGraceIsOver(String path, String error) throws Exception {
        start(builder -> builder.grace(Duration.ofSeconds(1)));
        fixture.fake.answer(Answer.text("a", "b").holdBefore("\"b\"", Gate.closed()));
        InputStream body = fixture.open(
                        path,
                        "{\"model\":\"m\",\"stream\":true,\"max_tokens\":9,\"input\":\"Hi\","
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                .body();
        GatewayFixture.readUntil(body, "\"a\"");

        long began = System.nanoTime();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(fixture.gateway()::close);

        // Behind it the body is cut, not ended: nobody is to take it for whole.
        assertThat(GatewayFixture.readUntil(body, "the gateway is shutting down"))
                .contains(error);
        closing.join();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        assertThat(fixture.record().toString()).contains(" 200 ").contains("(broke off)");
    }

    @Test
    void isClosedInTimeByReadersThatReadNothing() throws Exception {
        start(builder -> builder.grace(Duration.ofSeconds(1)));
        fixture.fake.answer(Answer.text("x".repeat(8 << 20)));
        client().send(RawClient.post("/v1/chat/completions", GatewayFixture.chat(false)));
        client().send(
                        "POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{");
        client().send("POST /v1/mess");
        clients.get(0).awaitAnswer();

        long began = System.nanoTime();
        fixture.gateway().close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void endsTheConnectionOfAReaderThatReadsNothing() throws Exception {
        start(builder -> builder.readTimeout(Duration.ofMillis(300)));
        fixture.fake.answer(Answer.text("x".repeat(32 << 20)));
        client().send(RawClient.post("/v1/chat/completions", GatewayFixture.chat(false)));

        Duration limit = Duration.ofSeconds(20);
        fixture.fake.awaitClientGone(fixture.fake.takeRequest(limit), limit);

        // The provider may hear of it before the connection is counted as gone.
        String metrics = fixture.get("/metrics").body();
        for (long end = System.nanoTime() + limit.toNanos();
                !metrics.contains("patchbay_gateway_connections 1") && System.nanoTime() < end; ) {
            metrics = fixture.get("/metrics").body();
        }
        assertThat(metrics)
                .contains("patchbay_gateway_connections 1", "patchbay_gateway_closed_total{why=\"unread\"} 1");
    }

    @Test
    void tellsProxiesNotToHoldEventsBack() {
        start(builder -> builder);
        for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/responses")) {
            HttpResponse<String> answer = fixture.post(
                    path,
                    "{\"model\":\"m\",\"stream\":true,\"max_tokens\":9,\"input\":\"Hi\","
                            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

            assertThat(answer.headers().allValues("cache-control")).containsExactly("no-cache, no-transform");
            assertThat(answer.headers().firstValue("x-accel-buffering")).contains("no");
        }
    }

    @Test
    void letsPagesInThatAreAllowed() throws Exception {
        start(builder -> builder.token(Secret.of("right-token"))
                .allowedOrigin("https://app.example.com")
                .allowedOrigin("app://obsidian.md"));
        String head = " /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://app.example.com\r\n";

        RawAnswer asked = ask("OPTIONS" + head + "Access-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: authorization,x-stainless-os\r\n"
                + "Access-Control-Request-Private-Network: true\r\n\r\n");
        RawAnswer stranger = ask("POST" + head + "Content-Length: 2\r\n\r\n{}");
        RawAnswer answer = ask("POST" + head + "Sec-Fetch-Site: cross-site\r\nx-api-key: right-token\r\n"
                + "Content-Type: application/json\r\nContent-Length: "
                + GatewayFixture.chat(true).length() + "\r\n\r\n"
                + GatewayFixture.chat(true));
        RawAnswer other = ask("OPTIONS" + head.replace("app.", "b.") + "Access-Control-Request-Method: POST\r\n\r\n");

        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header("access-control-allow-origin")).isEqualTo("https://app.example.com");
        assertThat(asked.header("access-control-allow-methods")).isEqualTo("POST");
        assertThat(asked.header("access-control-allow-headers")).isEqualTo("authorization,x-stainless-os");
        assertThat(asked.header("access-control-allow-private-network")).isEqualTo("true");
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.header("access-control-allow-origin")).isEqualTo("https://app.example.com");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://app.example.com");
        assertThat(answer.header("vary")).isEqualTo("origin");
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain;x=application/json",
                "text/plain, application/json",
                "text/plain\r\ncontent-type: application/json",
                "application/x-www-form-urlencoded",
                ""
            })
    void takesNothingThatAPageMaySendUnaskedWhereThereIsNoToken(String type) throws Exception {
        start(builder -> builder);

        RawAnswer answer = ask(RawClient.post("/v1/chat/completions", GatewayFixture.chat(false))
                .replace("Content-Type: application/json\r\n", type.isEmpty() ? "" : "Content-Type: " + type + "\r\n"));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(fixture.fake.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void doesNotServeOtherMachinesWithoutAToken(String host) {
        assertThatThrownBy(() -> start(builder -> builder.host(host)))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("give it a token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "null", "app.example.com", "https://app.example.com/", "https://"})
    void takesNoOriginThatIsNone(String origin) {
        assertThatThrownBy(() -> start(builder -> builder.allowedOrigin(origin)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysThatItIsThereWithoutAToken() throws Exception {
        start(builder -> builder.token(Secret.of("right-token")));

        assertThat(ask("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").body())
                .startsWith("{\"status\":\"ok\",\"version\":\"");
        RawClient head = client();
        head.send("HEAD /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        assertThat(head.readAll()).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
        assertThat(ask("POST /health HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void closesTheOldestConnectionWithoutARequestAtItsLimit() throws Exception {
        start(builder -> builder.maxConnections(6));
        fixture.fake.answer(Answer.text("a", "b").holdBefore("\"b\"", Gate.closed()));
        RawClient served = client();
        served.send(RawClient.post("/v1/chat/completions", GatewayFixture.chat(true)));
        served.readUntil("\"a\"");
        List<RawClient> idle = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RawClient client = client();
            client.send(i % 2 == 0 ? MODELS : MODELS + "GET /v1");
            client.readAnswer();
            idle.add(client);
        }

        for (RawClient oldest : idle) {
            RawClient next = client();
            assertThat(oldest.readAll()).isEmpty();
            next.send(MODELS);
            assertThat(next.readAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void refusesWhatAllTogetherCannotHold() throws Exception {
        start(builder -> builder.maxBufferedBytes(8 << 20));
        String begun =
                "POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 2000000\r\n\r\n";
        RawClient first = client();
        first.send(begun + "x".repeat(1_990_000));
        awaitBuffered(2_000_000);
        RawClient second = client();
        second.send(begun + "x".repeat(1_990_000));
        awaitBuffered(4_000_000);
        RawClient third = client();
        third.send(begun + "x".repeat(1_990_000));

        RawAnswer refused = third.readAnswer();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("\"type\":\"overloaded_error\"", "try again");
        assertThat(ask(RawClient.post("/v1/chat/completions", GatewayFixture.chat(false)))
                        .status())
                .as("small ones are served all the same")
                .isEqualTo(200);
        first.close();
        second.close();
        int status = 503;
        for (int i = 0; i < 100 && status == 503; i++) {
            // The gateway hears of the end a moment later.
            status = ask(begun + "x".repeat(2_000_000)).status();
        }
        assertThat(status).as("what it held was given back").isEqualTo(400);
    }

    private void awaitBuffered(long bytes) {
        double held = 0;
        while (held < bytes) {
            held = fixture.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("patchbay_gateway_buffered_bytes "))
                    .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void makesRoomForThoseWhoNeedLittle() throws Exception {
        start(builder -> builder.maxBufferedBytes(1 << 20));
        for (int i = 0; i < 60; i++) {
            client().send("POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "x".repeat(60_000));
        }

        for (int i = 0; i < 20; i++) {
            assertThat(ask(RawClient.post("/v1/chat/completions", GatewayFixture.chat(false)))
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, 10", "UTF-16LE, 5000", "UTF-16BE, 5000", "UTF-32LE, 5000", "IBM037, 0"})
    void takesNoRequestThatIsNotInOneCharset(String charset, int blanks) {
        start(builder -> builder);
        java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
        body.writeBytes(" ".repeat(blanks).getBytes(StandardCharsets.UTF_8));
        body.writeBytes(GatewayFixture.chat(false)
                .replace("Hi", "canary-of-a-prompt")
                .getBytes(java.nio.charset.Charset.forName(charset)));

        HttpResponse<String> answer = fixture.send(fixture.request("/v1/chat/completions")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body() + fixture.record())
                .contains("the request body is not JSON")
                .doesNotContain("canary");
        assertThat(fixture.fake.requests()).isEmpty();
    }

    @Test
    void takesCompressedRequests() throws Exception {
        start(builder -> builder);
        var packed = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(packed)) {
            gzip.write(GatewayFixture.chat(false).getBytes(StandardCharsets.UTF_8));
        }
        HttpResponse<String> answer = fixture.send(fixture.request("/v1/chat/completions")
                .header("content-encoding", "gzip")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(fixture.fake.onlyRequest().text())
                .isEqualTo(GatewayFixture.chat(false).replace("gpt-x", "m"));
    }

    /** What is packed is routed by what is in it: to the provider that it names, and to no other. */
    @ParameterizedTest
    @CsvSource({
        "/v1/responses, chat/m, 200",
        "/v1/responses, nobody/m, 404",
        "/v1/chat/completions, chat/m, 200",
        "/v1/chat/completions, nobody/m, 404",
        "/v1/messages, chat/m, 200",
        "/v1/messages, nobody/m, 404"
    })
    void routesCompressedRequestsByTheModelInThem(String path, String model, int status) throws Exception {
        fixture.start(
                fixture.chatProvider()
                        .defaultModel("m")
                        .http(GatewayFixture.limits(Duration.ofSeconds(20)))
                        .build(),
                builder -> builder);
        String body = "{\"model\":\"" + model + "\",\"max_tokens\":9,"
                + (path.endsWith("responses")
                        ? "\"input\":\"look\"}"
                        : "\"messages\":[{\"role\":\"user\",\"content\":\"look\"}]}");
        var packed = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(packed)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }

        HttpResponse<String> answer = fixture.send(fixture.request(path)
                .header("content-encoding", "gzip")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                .build());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(fixture.fake.requests().stream()
                        .anyMatch(request -> request.text().contains("look")))
                .isEqualTo(status == 200);
        assertThat(answer.body())
                .satisfies(text -> assertThat(text.contains("nobody")).isEqualTo(status == 404));
    }

    @Test
    void writesNothingIntoItsLogThatActs() throws Exception {
        start(builder -> builder.model("m\n\u001b]0;x\u0007"));
        ask(RawClient.post("/v1/chat/completions", GatewayFixture.chat(false)));

        assertThat(fixture.record().toString())
                .contains("m\\u000a\\u001b]0;x\\u0007")
                .doesNotContain("\n", "\u001b");
    }

    @Test
    void writesNoPathIntoItsLogThatActs() throws Exception {
        start(builder -> builder);
        client().send("GET /v1/models/\u001b]0;x\u0007\u009b2J HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        clients.get(0).awaitAnswer();

        assertThat(fixture.record().toString().chars()).noneMatch(Character::isISOControl);
    }

    /** As it comes from clients: in Base64, inside of JSON. */
    @Test
    void takesAnAttachmentOfTwentyMegabytesAndNotOneOfThirty() throws Exception {
        start(builder -> builder);
        String around = GatewayFixture.chat(false);

        assertThat(fixture.post("/v1/chat/completions", around.replace("Hi", "x".repeat(20_000_000 * 4 / 3)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(ask("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 40000000\r\n\r\n{")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void tellsOfErrorsAfterWhichNothingCanBeReliedOn() throws Exception {
        CompletableFuture<Throwable> fatal = new CompletableFuture<>();
        start(builder -> builder.onFatalError(fatal::complete).addresses(path -> {
            throw new OutOfMemoryError("of a test");
        }));

        assertThat(fixture.get("/v1/models").statusCode()).isEqualTo(500);
        assertThat(fatal.join()).hasMessage("of a test");
    }
}
