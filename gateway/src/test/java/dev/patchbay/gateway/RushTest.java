package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients at once, while an event loop is behind. */
@Timeout(60)
class RushTest {

    private static final int CLIENTS = 150;

    private final GatewayFixture fixture = new GatewayFixture();
    private final List<RawClient> clients = new ArrayList<>();
    private final CountDownLatch behind = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void start() {
        fixture.start(
                fixture.chatProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(20)))
                        .build(),
                builder -> builder.provider("chat").otherwise(request -> {
                    behind.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    request.response().end();
                }));
    }

    @AfterEach
    void close() throws IOException {
        goOn.countDown();
        for (RawClient client : clients) {
            client.close();
        }
        fixture.close();
    }

    @Test
    void clientsWaitTheirTurnAndAreAllAnswered() throws Exception {
        RawClient holder = connect();
        holder.send("GET /hold HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        behind.await();
        for (int i = 0; i < CLIENTS; i++) {
            connect().send(RawClient.post("/v1/chat/completions", GatewayFixture.chat(false)));
        }
        goOn.countDown();

        for (RawClient client : clients.subList(1, clients.size())) {
            assertThat(client.readUntil(FakeProvider.DEFAULT_TEXT)).startsWith("HTTP/1.1 200");
        }
        assertThat(fixture.fake.requests()).hasSize(CLIENTS);
        assertThat(delayed()).isGreaterThan(CLIENTS / 4);
    }

    @Test
    void requestsOnConnectionsMadeLongBeforeWaitAsWell() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            RawClient client = connect();
            client.send("GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            client.readUntil("\"data\":");
        }
        int before = delayed();
        RawClient holder = connect();
        holder.send("GET /hold HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        behind.await();
        for (RawClient client : clients.subList(0, CLIENTS)) {
            client.send(RawClient.post("/v1/chat/completions", GatewayFixture.chat(false)));
        }
        goOn.countDown();

        for (RawClient client : clients.subList(0, CLIENTS)) {
            assertThat(client.readUntil(FakeProvider.DEFAULT_TEXT)).startsWith("HTTP/1.1 200");
        }
        assertThat(delayed() - before).isGreaterThan(CLIENTS / 4);
    }

    private RawClient connect() throws IOException {
        RawClient client = RawClient.connect(fixture.gateway().port());
        clients.add(client);
        return client;
    }

    private int delayed() {
        return fixture.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("patchbay_gateway_delayed_total "))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
