package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Clients that send many requests ahead: each of them is answered, in order, and nobody else waits for that. */
@Timeout(120)
class SentAheadTest {

    private static final int CLIENTS = 100;
    private static final int AHEAD = 5;

    private final GatewayFixture fixture = new GatewayFixture();
    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        fixture.close();
    }

    @Test
    void areAnsweredInOrderAndHoldNobodyElseUp() throws Exception {
        Gate gate = Gate.closed();
        fixture.fake.answer(Answer.text("Hello").holdHead(gate));
        fixture.start(
                fixture.chatProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(60)))
                        .build(),
                builder -> builder.provider("chat"));
        String chat = RawClient.post("/v1/chat/completions", GatewayFixture.chat(false));
        String health = "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        for (int i = 0; i < CLIENTS; i++) {
            connect().send((chat + health).repeat(AHEAD));
        }
        gate.awaitReached(Duration.ofSeconds(60));

        RawClient other = connect();
        other.send(health);
        assertThat(other.readAnswer().body()).contains("\"status\":\"ok\"");

        gate.open();
        for (RawClient client : clients.subList(0, CLIENTS)) {
            for (int i = 0; i < AHEAD; i++) {
                assertThat(client.readAnswer().body()).contains("Hello");
                assertThat(client.readAnswer().body()).contains("\"status\":\"ok\"");
            }
        }
    }

    /** What was sent ahead stands before the sign that the client has left. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void areNotServedWhenTheirClientHasLeft() throws Exception {
        fixture.fake.answer(Answer.silence());
        fixture.start(
                fixture.chatProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(60)))
                        .build(),
                builder -> builder.provider("chat"));
        RawClient client = connect();
        client.send(RawClient.post("/v1/chat/completions", GatewayFixture.chat(false))
                .repeat(200));
        RecordedRequest asked = fixture.fake.takeRequest(Duration.ofSeconds(30));

        client.close();

        fixture.fake.awaitClientGone(asked, Duration.ofSeconds(30));
        assertThat(fixture.fake.requests()).hasSize(1);
    }

    private RawClient connect() throws IOException {
        RawClient client = RawClient.connect(fixture.gateway().url().getPort(), Duration.ofSeconds(60));
        clients.add(client);
        return client;
    }
}
