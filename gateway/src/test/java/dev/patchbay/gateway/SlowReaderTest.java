package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that stop reading: the upstream has to wait, and memory stays flat. */
@Timeout(60)
class SlowReaderTest {

    private static final long MIB = 1 << 20;
    private static final long OFFERED = 500 * MIB;

    /** What the kernel's buffers of two connections may hold, and more. */
    private static final long ON_THE_WAY = 48 * MIB;

    private static final long HELD = 16 * MIB;

    private static final byte[] EVENT = ("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                    + "x".repeat(10_000) + "\"}}]}\n\n")
            .getBytes(StandardCharsets.UTF_8);

    private final GatewayFixture fixture = new GatewayFixture();
    private final AtomicLong written = new AtomicLong();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, text/event-stream",
        "/v1/chat/completions, application/json",
        "/v1/messages, text/event-stream"
    })
    void stopTheUpstream(String path, String type) throws Exception {
        fixture.start(
                fixture.chatProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(50)))
                        .build(),
                builder -> builder.provider("chat"));
        fixture.fake.answer(exchange -> offer(exchange, type));
        Memory before = Memory.now();
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(RawClient.post(
                    path, path.endsWith("messages") ? GatewayFixture.messages(true) : GatewayFixture.chat(true)));
            client.readSome();

            long stopped = awaitStandstill();
            Memory more = Memory.now().since(before);

            assertThat(stopped).isLessThan(ON_THE_WAY);
            assertThat(more.heap()).isLessThan(HELD);
            assertThat(more.direct()).isLessThan(HELD);

            client.skip(stopped);
            client.skip(10 * MIB);
            assertThat(written.get()).as("it goes on where the client reads").isGreaterThan(stopped);
        }
        assertThat(over.await(30, TimeUnit.SECONDS))
                .as("it ends when the client leaves")
                .isTrue();
    }

    private void offer(Exchange exchange, String type) throws IOException {
        try {
            exchange.write(("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            while (written.get() < OFFERED) {
                exchange.write(EVENT);
                written.addAndGet(EVENT.length);
            }
        } finally {
            over.countDown();
        }
    }

    /** How much was written when nothing more was for half a second. */
    private long awaitStandstill() throws InterruptedException {
        long seen = -1;
        while (seen != written.get()) {
            seen = written.get();
            assertThat(over.await(500, TimeUnit.MILLISECONDS))
                    .as("all was taken")
                    .isFalse();
        }
        return seen;
    }
}
