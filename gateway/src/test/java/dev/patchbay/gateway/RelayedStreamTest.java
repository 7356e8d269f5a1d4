package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that pass through: whole and in order, whatever the client is like. */
@Timeout(60)
class RelayedStreamTest {

    private static final int EVENTS = 6000;
    private static final String LAST =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n" + "data: [DONE]\n\n";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

    private final GatewayFixture fixture = new GatewayFixture();
    private final AtomicInteger offered = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void close() {
        fixture.close();
    }

    private void start() {
        fixture.start(
                fixture.chatProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(50)))
                        .build(),
                builder -> builder.provider("chat"));
    }

    @Test
    void areWholeWhereTheReaderStopsAndGoesOn() throws Exception {
        start();
        fixture.fake.answer(this::offer);
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(RawClient.post("/v1/chat/completions", GatewayFixture.chat(true)));
            client.awaitAnswer();
            awaitStandstill();
            String body = client.readAnswer().body();

            assertThat(numbers(body)).isEqualTo(EVENTS);
            assertThat(body).endsWith(LAST);
            assertThat(fixture.record().bytesOut()).isEqualTo(body.length());
        }
    }

    @Test
    void comeOneAfterTheOtherWhereRequestsDo() throws Exception {
        start();
        fixture.fake.answer(exchange -> chunked(exchange, event(1, 10), event(2, 10), event(3, 70_000), LAST));
        String post = RawClient.post("/v1/chat/completions", GatewayFixture.chat(true));
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(post + post);
            for (int i = 0; i < 2; i++) {
                RawAnswer answer = client.readAnswer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(event(1, 10) + event(2, 10) + event(3, 70_000) + LAST);
            }
        }
    }

    /** Some servers end the body behind the data of the last event. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\r", "\n\n"})
    void loseNoEventBehindWhichTheBlankLineIsMissing(String ending) throws Exception {
        start();
        String last = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\" two\"},\"finish_reason\":\"stop\"}]}";
        fixture.fake.answer(exchange -> chunked(exchange, event(1, 10), last + ending));
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(RawClient.post("/v1/chat/completions", GatewayFixture.chat(true)));

            assertThat(client.readAnswer().body()).matches("\\Q" + event(1, 10) + last + "\\E(\n\n|\r\n\n|\r\r)");
        }
    }

    /** The reason why it ended may stand in an event that is cut itself. */
    @Test
    void areNotWholeWhereTheLastEventIsCut() throws Exception {
        start();
        String cut =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\" two\"},\"finish_reason\":\"stop\"}],\"usa";
        fixture.fake.answer(exchange -> chunked(exchange, event(1, 10), cut));
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(RawClient.post("/v1/chat/completions", GatewayFixture.chat(true)));

            assertThat(client.readAll())
                    .contains("upstream stream ended before completion")
                    .doesNotContain("two");
        }
    }

    @Test
    void haveNoChunksForAClientOfHttp10() throws Exception {
        start();
        fixture.fake.answer(exchange -> chunked(exchange, event(1, 10), event(2, 10), LAST));
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(RawClient.post("/v1/chat/completions", GatewayFixture.chat(true))
                    .replace("HTTP/1.1", "HTTP/1.0"));

            assertThat(client.readAll()).endsWith("\r\n\r\n" + event(1, 10) + event(2, 10) + LAST);
        }
    }

    private static final String TWO_CHOICES = GatewayFixture.chat(true).replaceFirst("\\{", "{\"n\":2,");

    private static String choice(int index, String text, String finish) {
        return "data: {\"choices\":[{\"index\":" + index + ",\"delta\":{\"content\":\"" + text
                + "\"},\"finish_reason\":" + finish + "}]}\n\n";
    }

    /** S9: the end of one answer is not that of all that were asked for. */
    @Test
    void waitForTheSecondAnswerWhereTheFirstIsWhole() throws Exception {
        start();
        String first = choice(1, "sec", "null") + choice(0, "first", "\"stop\"");
        String second = choice(1, "ond", "\"stop\"");
        fixture.fake.answer(exchange -> {
            exchange.write((HEAD + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            exchange.write(chunk(first));
            awaitMoreThanTheSilence();
            exchange.write(chunk(second + "data: [DONE]\n\n"));
            exchange.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        });
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(RawClient.post("/v1/chat/completions", TWO_CHOICES));

            assertThat(client.readAnswer().body()).isEqualTo(first + second + "data: [DONE]\n\n");
        }
    }

    private void awaitMoreThanTheSilence() throws IOException {
        try {
            assertThat(over.await(1500, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: {\"error\":{\"message\":\"out of memory\"}}\n\n"})
    void areNotWholeWhereOneOfTwoAnswersIsNot(String error) throws Exception {
        start();
        fixture.fake.answer(
                exchange -> chunked(exchange, choice(1, "sec", "null") + choice(0, "first", "\"stop\"") + error));
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(RawClient.post("/v1/chat/completions", TWO_CHOICES));

            assertThat(client.readAll())
                    .contains("\"error\":{")
                    .doesNotContain("[DONE]")
                    .doesNotEndWith("0\r\n\r\n");
        }
    }

    /** Some servers give one answer, whatever is asked for; and not all of them send the mark. */
    @Test
    void areWholeWhereEachAnswerThatBeganIs() throws Exception {
        start();
        for (String all : new String[] {
            choice(0, "first", "\"stop\""),
            choice(0, "first", "null") + choice(1, "second", "\"stop\"") + choice(0, "", "\"length\"")
        }) {
            fixture.fake.answer(exchange -> chunked(exchange, all));
            try (RawClient client = RawClient.connect(fixture.gateway().port())) {
                client.send(RawClient.post("/v1/chat/completions", TWO_CHOICES));

                assertThat(client.readAnswer().body()).isEqualTo(all);
            }
        }
    }

    private static String event(int number, int length) {
        return "data: {\"n\":" + number + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(length)
                + "\"}}]}\n\n";
    }

    /** As many bytes as the buffers on the way cannot hold. */
    private void offer(Exchange exchange) throws IOException {
        exchange.write((HEAD + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < EVENTS; i++) {
            exchange.write(chunk(event(i, 10_000)));
            offered.incrementAndGet();
        }
        exchange.write(chunk(LAST));
        exchange.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        over.countDown();
    }

    /** Each in a chunk of its own. */
    private static void chunked(Exchange exchange, String... texts) throws IOException {
        exchange.write((HEAD + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        for (String text : texts) {
            exchange.write(chunk(text));
        }
        exchange.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] chunk(String text) {
        return (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private void awaitStandstill() throws InterruptedException {
        int seen = -1;
        while (seen != offered.get()) {
            seen = offered.get();
            assertThat(over.await(300, TimeUnit.MILLISECONDS))
                    .as("all was taken")
                    .isFalse();
        }
    }

    /** How many came; they have to be in order. */
    private static int numbers(String text) {
        Matcher number = NUMBER.matcher(text);
        int next = 0;
        while (number.find()) {
            assertThat(Integer.parseInt(number.group(1))).isEqualTo(next);
            next++;
        }
        return next;
    }
}
