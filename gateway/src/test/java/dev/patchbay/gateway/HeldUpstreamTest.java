package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.Definition;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.HostileAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers take of memory, all together. */
@Timeout(60)
class HeldUpstreamTest {

    private final GatewayFixture fixture = new GatewayFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void start(long mostBuffered) {
        start(mostBuffered, Duration.ofSeconds(10));
    }

    private void start(long mostBuffered, Duration limit) {
        Definition chat = fixture.chatProvider()
                .defaultModel("m")
                .http(GatewayFixture.limits(limit))
                .build();
        fixture.start(chat, gateway -> gateway.provider("chat").maxBufferedBytes(mostBuffered));
    }

    @Test
    void refusesAnAnswerForWhichThereIsNoRoom() {
        start(4 << 20);
        fixture.fake.answer(Answer.json(
                200,
                "{\"choices\":[{\"message\":{\"content\":\"" + "x".repeat(3 << 20)
                        + "\"},\"finish_reason\":\"stop\"}]}"));

        var answer = fixture.post("/v1/messages", GatewayFixture.messages(false));

        assertThat(answer.statusCode()).isIn(503, 529);
        assertThat(answer.body()).contains("as much of requests and answers as it may");
    }

    @Test
    void passesALongAnswerThatNeedNotBeHeld() {
        start(4 << 20);
        String text = "x".repeat(8 << 20);
        fixture.fake.answer(Answer.json(200, "{\"choices\":[{\"message\":{\"content\":\"" + text + "\"}}]}"));

        assertThat(fixture.post("/v1/chat/completions", GatewayFixture.chat(false))
                        .body())
                .contains(text);
    }

    @Test
    void collectsNoMoreThanItMayHold() {
        start(256 << 20);
        fixture.fake.answer(exchange -> {
            exchange.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            byte[] event = ("data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(60_000) + "\"}}]}\n\n")
                    .getBytes(StandardCharsets.UTF_8);
            while (true) {
                exchange.write(event);
            }
        });

        var answer = fixture.post("/v1/messages", GatewayFixture.messages(false));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("more than 16 MiB");
    }

    /** Its begin and its end were passed on before it was whole. */
    @ParameterizedTest
    @ValueSource(ints = {100, 200_000})
    void tellsTheEndOfAStreamThatFallsSilentBehindTheDataOfItsLastEvent(int length) {
        start(64 << 20, Duration.ofSeconds(4));
        String pad = "x".repeat(length);
        String last = "{\"pad\":\"" + pad + "\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
        for (String end : List.of("", "\n")) {
            fixture.fake.answer(held("data: " + last + end));

            RawAnswer answer = fixture.receive("/v1/chat/completions", GatewayFixture.chat(true));

            assertThat(answer.whole()).isTrue();
            assertThat(answer.body()).contains(pad).endsWith("\n\ndata: [DONE]\n\n");
        }
    }

    @Test
    void waitsForTheRestOfALongEventThatIsHalf() {
        start(64 << 20, Duration.ofSeconds(4));
        fixture.fake.answer(held("data: {\"finish_reason\":\"stop\",\"pad\":\"" + "x".repeat(200_000)));

        RawAnswer answer = fixture.receive("/v1/chat/completions", GatewayFixture.chat(true));

        assertThat(answer.whole()).isFalse();
        assertThat(answer.body()).contains("sent nothing for 4s");
    }

    private static Answer held(String event) {
        return exchange -> {
            exchange.write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                            + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n" + event)
                    .getBytes(StandardCharsets.UTF_8));
            exchange.hold(Gate.closed());
        };
    }

    @Test
    void servesOthersWhileManyUpstreamsMisbehaveAtOnce() throws Exception {
        start(16 << 20);
        List<CompletableFuture<RawAnswer>> hostile = new ArrayList<>();
        List<HostileAnswer> shapes = List.of(
                HostileAnswer.ENDLESS_LINE,
                HostileAnswer.ENDLESS_EVENT,
                HostileAnswer.ENDLESS_JSON,
                HostileAnswer.GZIP_BOMB_AS_JSON);
        for (int i = 0; i < 16; i++) {
            fixture.fake.enqueue(shapes.get(i % shapes.size()).answer());
            hostile.add(CompletableFuture.supplyAsync(
                    () -> fixture.receive("/v1/messages", GatewayFixture.messages(true))));
            fixture.fake.takeRequest(Duration.ofSeconds(10));
        }
        fixture.fake.answer(Answer.text("good"));

        assertThat(fixture.post("/v1/messages", GatewayFixture.messages(true)).body())
                .contains("good", "message_stop");

        for (CompletableFuture<RawAnswer> answer : hostile) {
            RawAnswer told = answer.get(30, TimeUnit.SECONDS);
            assertThat(told.body()).contains("error").doesNotContain("message_stop");
        }
    }
}
