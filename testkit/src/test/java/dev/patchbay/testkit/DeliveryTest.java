package dev.patchbay.testkit;

import static dev.patchbay.testkit.TestClient.STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each way in which an answer can go wrong on the wire, once. */
class DeliveryTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final Duration SOON = Duration.ofSeconds(10);

    private final FakeProvider fake = FakeProvider.start();

    @AfterEach
    void stop() {
        fake.close();
    }

    private RawClient ask(Answer answer) throws IOException {
        fake.answer(answer);
        return new RawClient(fake).send(CHAT, STREAM);
    }

    @Test
    void sendsNothingBeforeTheGateOpens() throws Exception {
        Gate gate = Gate.closed();
        try (RawClient client = ask(Answer.text("x").holdHead(gate))) {
            gate.awaitReached(SOON);
            assertThat(client.available()).isZero();
            gate.open();
            assertThat(client.until("\r\n")).isEqualTo("HTTP/1.1 200 Fake\r\n");
        }
    }

    @Test
    void stallsAfterTheHead() throws Exception {
        Gate gate = Gate.closed();
        try (RawClient client = ask(Answer.text("x").holdBody(gate))) {
            client.until("\r\n\r\n");
            gate.awaitReached(SOON);
            assertThat(client.available()).isZero();
            gate.open();
            client.until("[DONE]");
        }
    }

    @Test
    void stallsInTheMiddle() throws Exception {
        Gate gate = Gate.closed();
        try (RawClient client = ask(Answer.text("one", "two").holdAfter(2, gate))) {
            client.until("\"content\":\"one\"},\"finish_reason\":null}]}\n\n\r\n");
            gate.awaitReached(SOON);
            assertThat(client.available()).isZero();
            gate.open();
            client.until("two");
        }
    }

    @Test
    void holdsTheEndBack() throws Exception {
        Gate gate = Gate.closed();
        try (RawClient client = ask(Answer.sse("data: 1", "", "data: 2", "").holdAfter(2, gate))) {
            client.until("data: 2\n\n\r\n");
            gate.awaitReached(SOON);
            assertThat(client.available()).isZero();
            gate.open();
            assertThat(client.rest()).asString(UTF_8).isEqualTo("0\r\n\r\n");
        }
    }

    @Test
    void staysSilent() throws Exception {
        try (RawClient client = ask(Answer.silence())) {
            fake.takeRequest(SOON);
            assertThat(client.available()).isZero();
        }

        assertThat(fake.awaitClientGone(SOON)).isNotNull();
    }

    @Test
    void cutsAStreamBetweenEvents() throws Exception {
        try (RawClient client = ask(Answer.text("one", "two").cutAfter(2))) {
            assertThat(client.rest())
                    .asString(UTF_8)
                    .endsWith("\n\n\r\n")
                    .contains("one")
                    .doesNotContain("two");
        }
    }

    @Test
    void cutsAnEventInHalves() throws Exception {
        try (RawClient client =
                ask(Answer.sse("data: 1", "", "data: 234567", "").cutInside(1))) {
            assertThat(client.rest()).asString(UTF_8).endsWith("data: 1\n\n\r\n7\r\ndata: 2\r\n");
        }
    }

    @Test
    void cutsABodyShorterThanItsLength() throws Exception {
        try (RawClient client = ask(Answer.json(200, "{\"abc\":1}").cutInside(0))) {
            assertThat(client.rest())
                    .asString(UTF_8)
                    .contains("Content-Length: 9\r\n")
                    .endsWith("\r\n\r\n{\"ab");
        }
    }

    @Test
    void resetsInTheMiddle() throws Exception {
        Gate gate = Gate.closed();
        try (RawClient client = ask(Answer.text("one", "two").holdAfter(2, gate).resetAfter(2))) {
            client.until("one");
            gate.open();
            assertThatThrownBy(client::rest).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
    }

    @Test
    void resetsBeforeTheHead() throws Exception {
        try (RawClient client = ask(Answer.resetBeforeHead())) {
            assertThatThrownBy(client::rest).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
    }

    @Test
    void closesBeforeTheHead() throws Exception {
        try (RawClient client = ask(Answer.closeBeforeHead())) {
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void sendsHalfAHead() throws Exception {
        try (RawClient client = ask(Answer.halfHead())) {
            assertThat(client.rest()).asString(UTF_8).isEqualTo("HTTP/1.1 200 OK\r\nContent-Ty");
        }
    }

    @Test
    void compressesEachPieceSoThatItCanBeReadAtOnce() throws Exception {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("one", "two").gzip().holdAfter(2, gate));
        HttpResponse<InputStream> response = new TestClient().open(fake.baseUrl(CHAT), STREAM);

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        InputStream body = new GZIPInputStream(response.body());
        StringBuilder text = new StringBuilder();
        while (!text.toString().contains("one")) {
            text.append((char) body.read());
        }
        gate.open();
        assertThat(body.readAllBytes()).asString(UTF_8).contains("two", "[DONE]");
    }

    @Test
    void compressesABodyOfKnownLength() throws Exception {
        fake.answer(Answer.json(401, "{\"error\":\"no\"}").gzip());

        HttpResponse<InputStream> response = new TestClient().open(fake.baseUrl(CHAT), STREAM);

        assertThat(new GZIPInputStream(response.body()).readAllBytes())
                .asString(UTF_8)
                .isEqualTo("{\"error\":\"no\"}");
    }

    @Test
    void tearsCharactersApart() throws Exception {
        try (RawClient client = ask(Answer.sse("data: ä", "").inFragmentsOf(7))) {
            byte[] bytes = client.rest();
            assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .endsWith("7\r\ndata: \u00c3\r\n3\r\n\u00a4\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void letsAConnectionGoStale() throws Exception {
        fake.answer(Answer.json(200, "{}").thenClose());
        try (RawClient client = new RawClient(fake)) {
            client.write("GET /models HTTP/1.1\r\nHost: fake\r\n\r\n");
            assertThat(client.rest()).asString(UTF_8).endsWith("{}").doesNotContain("Connection: close");
        }
    }

    @Test
    void redirectsElsewhere() throws Exception {
        try (RawClient client = ask(Answer.redirect(URI.create("http://127.0.0.1:1/v1")))) {
            assertThat(client.rest())
                    .asString(UTF_8)
                    .startsWith("HTTP/1.1 307 ")
                    .contains("Location: http://127.0.0.1:1/v1\r\n");
        }
    }

    @Test
    void sendsHtmlEmptyBodiesAndRawBytes() throws Exception {
        try (RawClient client = ask(Answer.html(502))) {
            assertThat(client.rest()).asString(UTF_8).contains("Content-Type: text/html\r\n", "<h1>");
        }
        try (RawClient client = ask(Answer.status(529))) {
            assertThat(client.rest())
                    .asString(UTF_8)
                    .startsWith("HTTP/1.1 529 ")
                    .endsWith("Content-Length: 0\r\n\r\n");
        }
        try (RawClient client = ask(Answer.raw("garbage".getBytes(UTF_8)))) {
            assertThat(client.rest()).asString(UTF_8).isEqualTo("garbage");
        }
    }

    @Test
    void sendsABodyInChunksInsteadOfALength() throws Exception {
        try (RawClient client = ask(Answer.json(200, "{}").chunked())) {
            assertThat(client.rest())
                    .asString(UTF_8)
                    .doesNotContain("Content-Length")
                    .endsWith("2\r\n{}\r\n0\r\n\r\n");
        }
    }

    @Test
    void stopsAnEndlessAnswerWhenTheClientLeaves() throws Exception {
        try (RawClient client = ask(Answer.endless(Integer.MAX_VALUE))) {
            client.until("on and on");
        }

        assertThat(fake.awaitClientGone(SOON)).isNotNull();
    }

    @Test
    void tellsAClientThatWaitsToSendItsBody() throws Exception {
        try (RawClient client = new RawClient(fake)) {
            client.write("POST /x/models HTTP/1.1\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            client.write("3\r\nabc\r\n2;x\r\nde\r\n0\r\nT: 1\r\n\r\n");
            client.until("\r\n\r\n");
        }

        assertThat(fake.onlyRequest().text()).isEqualTo("abcde");
    }

    @Test
    void noticesAClientThatLeavesInTheMiddleOfARequest() throws Exception {
        try (RawClient client = new RawClient(fake)) {
            client.write("POST /models HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
        }
        try (RawClient client = new RawClient(fake)) {
            client.write("GET /models HTTP/1.1\r\n\r\n").until("]}");
        }

        assertThat(fake.onlyRequest().method()).isEqualTo("GET");
    }

    @Test
    void breaksTheJdkClientToo() {
        fake.enqueue(Answer.text("one", "two").cutAfter(2));

        assertThatThrownBy(() -> new TestClient().post(fake.baseUrl(CHAT), STREAM))
                .isInstanceOf(IOException.class)
                .hasRootCauseInstanceOf(EOFException.class);
    }
}
