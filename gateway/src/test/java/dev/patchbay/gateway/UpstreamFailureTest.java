package dev.patchbay.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ClosedPort;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.HostileAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a client when the upstream fails, and of the upstream when the client leaves. */
@Timeout(60)
class UpstreamFailureTest {

    private GatewayFixture fixture = GatewayFixture.chat();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void restart(GatewayFixture next) {
        fixture.close();
        fixture = next;
    }

    private HttpResponse<String> ask() {
        return fixture.post("/v1/messages", GatewayFixture.messages(true));
    }

    private String askBroken() {
        return fixture.postBroken("/v1/messages", GatewayFixture.messages(true));
    }

    private static String type(HttpResponse<String> answer) {
        return Json.parse(answer.body()).path("error").path("type").asText();
    }

    @Test
    void saysThatNobodyListens() {
        try (ClosedPort closed = ClosedPort.open()) {
            restart(new GatewayFixture());
            fixture.start(
                    fixture.chatProvider().baseUrl(closed.baseUrl("/v1")).build(), builder -> builder.provider("chat"));

            HttpResponse<String> answer = ask();

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(type(answer)).isEqualTo("api_error");
            assertThat(answer.body()).contains("refused the connection", "start the server");
        }
    }

    @Test
    void givesUpOnAnUpstreamThatDoesNotAnswer() {
        fixture.fake.answer(Answer.silence());

        HttpResponse<String> answer = ask();

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(type(answer)).isEqualTo("timeout_error");
        assertThat(answer.body()).contains("within 500ms", "http.firstByteTimeout");
        fixture.fake.awaitClientGone(Duration.ofSeconds(1));
    }

    /** As a launch says it. */
    @ParameterizedTest
    @CsvSource({
        "ENDLESS_INFORMATION,announced an answer again and again",
        "ENDLESS_HEAD,sent more than 256 KiB of headers",
        "HEADER_OF_A_MEGABYTE,sent more than 256 KiB of headers"
    })
    void saysThatTooMuchComesBeforeTheAnswer(HostileAnswer hostile, String words) {
        restart(new GatewayFixture());
        fixture.start(
                fixture.chatProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(100)))
                        .build(),
                builder -> builder.provider("chat"));
        fixture.fake.answer(hostile.answer());

        HttpResponse<String> answer = ask();

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains(words);
        assertThat(fixture.fake.requests()).as("asked once").hasSize(1);
    }

    /** Clients of Responses compact where a stream tells of it, those of the other dialects where a 400 does (E3). */
    @Test
    void tellsAnOverflowWhereItsClientLooksForIt() {
        fixture.fake.answer(
                Answer.error(400, "context_length_exceeded", "This model's maximum context length is 8192 tokens."));

        HttpResponse<String> streamed = fixture.post("/v1/responses", responses(true));
        assertThat(streamed.statusCode()).isEqualTo(200);
        assertThat(streamed.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(streamed.body())
                .startsWith("event: response.created")
                .containsOnlyOnce("event: response.failed")
                .contains("\"code\":\"context_length_exceeded\"", "maximum context length is 8192 tokens");

        HttpResponse<String> whole = fixture.post("/v1/responses", responses(false));
        assertThat(whole.statusCode()).isEqualTo(400);
        assertThat(Json.parse(whole.body()).path("error").path("code").asText()).isEqualTo("context_length_exceeded");

        HttpResponse<String> messages = ask();
        assertThat(messages.statusCode()).isEqualTo(400);
        assertThat(Json.parse(messages.body()).path("error").path("message").asText())
                .startsWith("prompt is too long: ");
    }

    private static String responses(boolean stream) {
        return "{\"model\":\"m\",\"input\":\"Hi\",\"stream\":" + stream + "}";
    }

    @Test
    void endsATranslatedStreamThatStallsWithAnErrorEvent() {
        fixture.fake.answer(Answer.text("a", "b").holdBefore("\"b\"", Gate.closed()));

        String body = askBroken();

        assertThat(body).contains("event: message_start", "event: error", "timeout_error");
        assertThat(body).doesNotContain("message_stop");
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(
            strings = {
                ": waiting\n\n",
                "data:\n\n",
                "event: ping\ndata: {\"type\": \"ping\"}\n\n",
                "data: ping\n\n",
                ": a comment that is longer than what is looked at of a line\n\n",
                "\n"
            })
    void givesUpOnAnUpstreamThatOnlyKeepsItsStreamOpen(String piece) {
        restart(new GatewayFixture());
        fixture.start(
                List.of(
                        fixture.chatProvider()
                                .http(GatewayFixture.limits(Duration.ofSeconds(30)))
                                .build(),
                        fixture.claudeProvider()
                                .http(GatewayFixture.limits(Duration.ofSeconds(30)))
                                .build()),
                gateway -> gateway.commentTimeout(Duration.ofMillis(300)));
        for (String begin : List.of("", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n")) {
            for (String path : List.of("/v1/chat/completions", "/v1/messages")) {
                fixture.fake.answer(exchange -> {
                    exchange.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".getBytes(UTF_8));
                    exchange.write(begin.getBytes(UTF_8));
                    while (true) {
                        exchange.write(piece.getBytes(UTF_8));
                    }
                });

                String body = fixture.receive(path, GatewayFixture.chat(true).replace("gpt-x", "chat/m"))
                        .body();

                assertThat(body.substring(Math.max(0, body.length() - 400))).contains("kept its answer open for 300ms");
            }
        }
    }

    @Test
    void endsATranslatedStreamThatBreaksWithAnErrorEvent() {
        fixture.fake.answer(Answer.text("a", "b", "c").resetAfter(2));

        String body = askBroken();

        assertThat(body).contains("event: error").doesNotContain("message_stop");
    }

    @Test
    void endsARelayedStreamThatBreaksWithAnErrorEvent() {
        restart(GatewayFixture.claude());
        fixture.fake.answer(Answer.text("a", "b", "c").cutInside(4));

        String body = askBroken();

        assertThat(body).contains("event: message_start", "event: error\ndata: {\"type\":\"error\"");
        assertThat(body).doesNotContain("message_stop").endsWith("}\n\n");
    }

    @Test
    void endsARelayedChatStreamThatBreaksWithAnError() {
        fixture.fake.answer(Answer.text("a", "b", "c").cutAfter(2));

        String body = fixture.postBroken("/v1/chat/completions", GatewayFixture.chat(true));

        assertThat(body).contains("data: {\"error\":{").doesNotContain("[DONE]");
    }

    @Test
    void doesNotLetAClientTakeHalfABodyForTheWhole() {
        restart(GatewayFixture.claude());
        fixture.fake.answer(Answer.json(200, "{\"content\":[],\"padding\":\"" + "x".repeat(300_000) + "\"}")
                .inFragmentsOf(1000)
                .cutInside(0));

        assertThatThrownBy(() -> fixture.post("/v1/messages", GatewayFixture.messages(false)))
                .isInstanceOf(UncheckedIOException.class);
    }

    /** As in nginx, Go and Node: nothing tells it from one that is gone, whose tokens nobody should pay for. */
    @Test
    void takesAClientThatClosesItsSendingSideForOneThatLeft() throws IOException {
        fixture.fake.answer(Answer.text("a", "b").holdBefore("\"b\"", Gate.closed()));
        try (Socket socket = new Socket("127.0.0.1", fixture.gateway().port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(RawClient.post("/v1/chat/completions", GatewayFixture.chat(true))
                            .getBytes(UTF_8));
            GatewayFixture.readUntil(socket.getInputStream(), "\"a\"");

            socket.shutdownOutput();

            fixture.fake.awaitClientGone(Duration.ofSeconds(20));
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void doesNotFollowRedirects() {
        fixture.fake.answer(Answer.redirect(URI.create("http://127.0.0.1:1/elsewhere")));

        HttpResponse<String> answer = ask();

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("HTTP 307", "redirects are not followed");
        assertThat(answer.headers().firstValue("location")).isEmpty();
    }

    @Test
    void saysThatAWebPageIsNoAnswer() {
        fixture.fake.answer(Answer.html(200));

        assertThat(ask().statusCode()).isEqualTo(502);
        assertThat(ask().body()).contains("web page");
    }

    @Test
    void keepsConnectionsAlive() {
        ask();
        ask();
        ask();

        assertThat(fixture.fake.requests()).hasSize(3);
        assertThat(fixture.fake.connections()).isLessThanOrEqualTo(2);
    }

    @Test
    void triesOnceMoreWhereAPooledConnectionHadGoneStale() {
        for (int i = 0; i < 4; i++) {
            ask();
        }
        fixture.fake.enqueue(Answer.closeBeforeHead());

        HttpResponse<String> answer = ask();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(fixture.fake.requests()).hasSize(6);
    }

    @Test
    void doesNotTryAgainOnAConnectionThatWasFresh() {
        fixture.fake.answer(Answer.closeBeforeHead());

        HttpResponse<String> answer = ask();

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("closed the connection without an answer");
        assertThat(fixture.fake.requests()).hasSize(1);
    }

    @Test
    void cancelsTheUpstreamWhenTheClientLeavesASilentStream() throws IOException {
        longLimits();
        fixture.fake.answer(Answer.text("a", "b").holdBefore("\"b\"", Gate.closed()));
        try (InputStream body =
                fixture.open("/v1/messages", GatewayFixture.messages(true)).body()) {
            GatewayFixture.readUntil(body, "\"a\"");
        }
        Instant left = Instant.now();

        Instant gone = fixture.fake.awaitClientGone(Duration.ofSeconds(2));

        assertThat(Duration.between(left, gone)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void cancelsTheUpstreamWhenTheClientLeavesBeforeAnything() throws IOException {
        longLimits();
        fixture.fake.answer(Answer.silence());
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(RawClient.post("/v1/messages", GatewayFixture.messages(true)));
            fixture.fake.takeRequest(Duration.ofSeconds(5));
        }
        Instant left = Instant.now();

        Instant gone = fixture.fake.awaitClientGone(Duration.ofSeconds(2));

        assertThat(Duration.between(left, gone)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void pingsAMessagesClientWhileTheUpstreamIsSilent() throws IOException {
        restart(new GatewayFixture());
        fixture.start(
                fixture.claudeProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(20)))
                        .build(),
                builder -> builder.provider("claude").pingAfter(Duration.ofMillis(100)));
        Gate gate = Gate.closed();
        fixture.fake.answer(Answer.text("a", "b").holdBefore("\"b\"", gate));

        HttpResponse<InputStream> answer = fixture.open("/v1/messages", GatewayFixture.messages(true));
        GatewayFixture.readUntil(answer.body(), "event: ping\ndata: {\"type\":\"ping\"}\n\n");
        gate.open();

        assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("\"b\"", "message_stop");
    }

    private void longLimits() {
        restart(new GatewayFixture());
        fixture.start(
                fixture.chatProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(30)))
                        .build(),
                builder -> builder.provider("chat"));
    }
}
