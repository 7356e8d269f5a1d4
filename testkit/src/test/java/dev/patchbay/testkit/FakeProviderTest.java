package dev.patchbay.testkit;

import static dev.patchbay.testkit.TestClient.PLAIN;
import static dev.patchbay.testkit.TestClient.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeProviderTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final FakeProvider fake = FakeProvider.start();
    private final TestClient client = new TestClient();

    @AfterEach
    void stop() {
        fake.close();
    }

    private URI chat() {
        return fake.baseUrl("/openai/v1/chat/completions");
    }

    @Test
    void recordsEveryDetailOfARequest() throws Exception {
        client.post(fake.baseUrl("/a%20b/chat/completions?api-version=1&x=%C3%A4"), PLAIN);

        RecordedRequest request = fake.takeRequest(SOON);
        assertThat(request).isSameAs(fake.onlyRequest());
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/a%20b/chat/completions");
        assertThat(request.query()).contains("api-version=1&x=%C3%A4");
        assertThat(request.queryParameter("x")).contains("ä");
        assertThat(request.queryParameter("y")).isEmpty();
        assertThat(request.header("content-TYPE")).contains("application/json");
        assertThat(request.text()).isEqualTo(PLAIN);
        assertThat(request.json()).containsEntry("model", "m");
        assertThat(request.wantsStream()).isFalse();
        assertThat(request.connection()).isEqualTo(1);
    }

    @Test
    void seesACanaryWhereverItIsAndCountsBytes() throws Exception {
        assertThat(fake.bytesReceived()).isZero();
        assertThat(fake.connections()).isZero();

        client.post(fake.baseUrl("/models?key=canary-ä"), "canary-2");

        assertThat(fake.sawAnywhere("canary-2")).isTrue();
        assertThat(fake.sawAnywhere("canary-3")).isFalse();
        assertThat(fake.bytesReceived()).isPositive();
    }

    @Test
    void recordsBrokenRequestsAsBytesOnly() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", fake.port())) {
            socket.getOutputStream().write("canary\r\n\r\n".getBytes());
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }

        assertThat(fake.requests()).isEmpty();
        assertThat(fake.sawAnywhere("canary")).isTrue();
    }

    @Test
    void keepsConnectionsAlive() throws Exception {
        client.post(chat(), PLAIN);
        client.post(chat(), STREAM);

        assertThat(fake.requests()).extracting(RecordedRequest::connection).containsExactly(1, 1);
    }

    @Test
    void answersPlannedAnswersFirstThenByPathThenTheStandardOne() throws Exception {
        fake.enqueue(Answer.status(500), Answer.status(501));
        fake.answer("/models", Answer.status(502));
        fake.answer(Answer.status(503));

        assertThat(List.of(
                        client.post(chat(), PLAIN).statusCode(),
                        client.get(fake.baseUrl("/v1/models")).statusCode(),
                        client.get(fake.baseUrl("/v1/models")).statusCode(),
                        client.post(chat(), PLAIN).statusCode()))
                .containsExactly(500, 501, 502, 503);
    }

    @Test
    void noticesAClientThatLeavesASilentProvider() throws Exception {
        fake.answer(Answer.text("one", "two").holdAfter(2, Gate.closed()));
        HttpResponse<InputStream> response = client.open(chat(), STREAM);
        response.body().read();

        assertThatThrownBy(() -> fake.awaitClientGone(Duration.ofMillis(20)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("did not leave");
        response.body().close();

        assertThat(fake.awaitClientGone(SOON)).isNotNull();
    }

    @Test
    void letsATestWaitForTheProviderAndTheProviderForTheTest() throws Exception {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("late").holdHead(gate));
        Thread opener = new Thread(() -> {
            gate.awaitReached(SOON);
            gate.open();
        });
        opener.start();

        assertThat(client.post(chat(), PLAIN).body()).contains("late");
        opener.join();
    }

    @Test
    void closesWhileAnAnswerIsHeld() throws Exception {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("never").holdBody(gate));
        HttpResponse<InputStream> response = client.open(chat(), STREAM);
        gate.awaitReached(SOON);

        fake.close();

        assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(java.io.IOException.class);
    }

    @Test
    void saysWhenAScriptFails() throws Exception {
        FakeProvider wrong = FakeProvider.start();
        wrong.answer(exchange -> {
            throw new IllegalStateException("mistake");
        });

        assertThatThrownBy(() -> client.post(wrong.baseUrl("/x"), PLAIN)).isInstanceOf(java.io.IOException.class);
        assertThatThrownBy(wrong::close).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesConnectionsOnAClosedPort() {
        try (ClosedPort port = ClosedPort.open()) {
            assertThatThrownBy(() -> client.post(port.baseUrl("/v1/chat/completions"), PLAIN))
                    .isInstanceOf(java.net.ConnectException.class);
        }
    }
}
