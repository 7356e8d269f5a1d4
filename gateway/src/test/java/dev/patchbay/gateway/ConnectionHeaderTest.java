package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Connection} on both sides of the gateway, whatever else it says (RFC 9110, section 7.6.1). */
@Timeout(60)
class ConnectionHeaderTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final GatewayFixture fixture = new GatewayFixture();

    @BeforeEach
    void start() {
        fixture.start(fixture.claudeProvider().defaultModel("m").build(), gateway -> gateway.provider("claude"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close, x-api-key",
                "Connection: x-api-key ,\tCLOSE",
                "Connection: keep-alive, close",
                "Connection: keep-alive\r\nConnection: x-api-key, close"
            })
    void endsBehindTheAnswerWhereCloseIsOneWordOfSeveral(String lines) throws Exception {
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lines + "\r\n\r\n");

            assertThat(client.readAll()).startsWith("HTTP/1.1 200").containsIgnoringCase("connection: close");
        }
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send("GET /health HTTP/1.0\r\n" + lines + "\r\n\r\n");

            assertThat(client.readAll()).startsWith("HTTP/1.0 200");
        }
    }

    /** Whoever is told so reads on until that comes. */
    @Test
    void endsBehindARefusalThatSaysSoThoughTheRestOfTheRequestComes() throws Exception {
        fixture.close();
        fixture.start(
                fixture.claudeProvider().defaultModel("m").build(),
                gateway -> gateway.provider("claude").maxRequestBytes(1000));
        String post = "POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(post + "Content-Length: 2000\r\n\r\n");
            RawAnswer refused = client.readAnswer();
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.header("connection")).contains("close");

            client.send("x".repeat(2000));

            assertThat(client.readAll()).isEmpty();
        }
    }

    /** However what is asked and what is answered fall together. */
    @Test
    void endsBehindEachOfSomeHundredAnswers() throws Exception {
        String body = GatewayFixture.messages(true);
        String close = " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
        String post = "POST /v1/messages" + close + "Content-Type: application/json\r\nContent-Length: ";
        List<String> requests = List.of(
                "GET /health" + close + "\r\n",
                "GET /v1/models" + close + "\r\n",
                "GET /nothing" + close + "\r\n",
                "POST /v1/messages" + close + "Content-Length: 0\r\n\r\n",
                post + body.length() + "\r\n\r\n" + body,
                post + body.length() + "\r\n\r\n" + body + "\r\n",
                post + body.length() + "\r\n\r\n" + body + "GET /health" + close + "\r\n",
                post + "2\r\n\r\n{}");
        for (int i = 0; i < 400; i++) {
            String request = requests.get(i % requests.size());
            // Of what ends with the request, so that head and body come apart.
            boolean whole = i % 3 == 0 || !request.endsWith("}");
            int cut = request.length() - (whole ? 0 : i % 90);
            try (RawClient client = RawClient.connect(fixture.gateway().port())) {
                client.send(request.substring(0, cut));
                if (cut < request.length()) {
                    client.send(request.substring(cut));
                }

                assertThat(client.readAll()).as(request).containsOnlyOnce("HTTP/1.1 ");
            }
        }
    }

    @Test
    void keepsAConnectionOfTheOlderProtocolWhereThatIsOneWordOfSeveral() throws Exception {
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            for (int i = 0; i < 2; i++) {
                client.send("GET /health HTTP/1.0\r\nConnection: Keep-Alive, x-other\r\n\r\n");

                assertThat(client.readAnswer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void passesNothingOnThatWasMeantForTheGatewayAlone() throws Exception {
        String body = GatewayFixture.messages(false);
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send("POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + "Connection: Anthropic-Beta, x-custom, traceparent\r\nAnthropic-Beta: mine\r\n"
                    + "anthropic-version: 2023-06-01\r\ntraceparent: " + PARENT + "\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);
            assertThat(client.readAnswer().status()).isEqualTo(200);
        }

        assertThat(fixture.fake.sawAnywhere("mine")).isFalse();
        assertThat(fixture.fake.sawAnywhere(PARENT)).isFalse();
        assertThat(fixture.fake.sawAnywhere("2023-06-01")).isTrue();
    }

    @Test
    void passesNothingBackThatAProviderMeantForTheGatewayAlone() {
        String body = "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"fine\"}]}";
        fixture.fake.answer(Answer.raw(("HTTP/1.1 200 OK\r\nConnection: close, OpenAI-Organization, Content-Type\r\n"
                        + "OpenAI-Organization: inner\r\nretry-after: 5\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8)));

        var headers =
                fixture.post("/v1/messages", GatewayFixture.messages(false)).headers();

        assertThat(headers.firstValue("openai-organization")).isEmpty();
        assertThat(headers.firstValue("retry-after")).contains("5");
        assertThat(headers.firstValue("content-type")).contains("application/json");
    }

    @Test
    void asksNothingMoreOnAConnectionThatAProviderMeansToClose() {
        String body = "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"fine\"}]}";
        fixture.fake.answer(exchange -> exchange.write(("HTTP/1.1 200 OK\r\nConnection: x-other, close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8)));

        for (int i = 0; i < 3; i++) {
            assertThat(fixture.post("/v1/messages", GatewayFixture.messages(false))
                            .statusCode())
                    .isEqualTo(200);
        }

        assertThat(fixture.fake.connections()).isEqualTo(3);
    }
}
