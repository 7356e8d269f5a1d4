package dev.patchbay.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.codec.json.Json;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Operation;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an upstream's answer reaches a client of the same dialect, and what is added to it or taken out. */
@Timeout(60)
class RelayedAnswerTest {

    private static final String KEY = GatewayFixture.KEY;
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String WHOLE =
            "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"fine\"},\"finish_reason\":\"stop\"}]}";

    private final GatewayFixture fixture = new GatewayFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** One provider that speaks all dialects, whose time-outs are longer than any wait here. */
    private void start() {
        fixture.start(
                fixture.chatProvider()
                        .defaultModel("m")
                        .http(GatewayFixture.limits(Duration.ofSeconds(20)))
                        .endpoints(Map.of(
                                Operation.MESSAGES, new Endpoint.Path("/messages"),
                                Operation.RESPONSES, new Endpoint.Path("/responses")))
                        .build(),
                gateway -> gateway.provider("chat"));
    }

    @Test
    void passesOnlyHeadersThatAreTheClientsBusiness() {
        start();
        fixture.fake.answer(Answer.json(200, WHOLE)
                .header("X-Request-Id", "rid-" + KEY)
                .header("Retry-After-Ms", "5")
                .header("X-RateLimit-Limit", "9")
                .header("Anthropic-RateLimit-Requests-Limit", "8")
                .header("OpenAI-Organization", "org of " + KEY)
                .header("Set-Cookie", "a=b")
                .header("X-Debug", "inside")
                .header("Server", "inside")
                .header("Access-Control-Allow-Origin", "*")
                .header("X-Patchbay-Provider", "other"));

        HttpResponse<String> answer = fixture.post(CHAT, GatewayFixture.chat(false));

        Map<String, List<String>> headers = answer.headers().map();
        assertThat(headers)
                .containsEntry("x-request-id", List.of("rid-***"))
                .containsEntry("retry-after-ms", List.of("5"))
                .containsEntry("x-ratelimit-limit", List.of("9"))
                .containsEntry("anthropic-ratelimit-requests-limit", List.of("8"))
                .containsEntry("openai-organization", List.of("org of ***"))
                .containsEntry("x-patchbay-provider", List.of("chat"))
                .doesNotContainKeys("set-cookie", "x-debug", "server", "access-control-allow-origin");
        assertThat(fixture.record().toString()).contains("rid-***").doesNotContain(KEY);
    }

    /** A client and what lies between might take it for one or the other. */
    @Test
    void saysOnceWhatAnAnswerIs() {
        start();
        fixture.fake.answer(
                Answer.raw(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Type: text/html\r\n"
                                + "Content-Length: " + WHOLE.length() + "\r\n\r\n" + WHOLE)
                        .getBytes(UTF_8)));

        HttpResponse<String> answer = fixture.post(CHAT, GatewayFixture.chat(false));

        assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
    }

    /** Packed bytes are no answer, and nobody would find a key in them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Encoding: identity\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\nxxxx",
                "Transfer-Encoding: gzip, chunked\r\n\r\n4\r\nxxxx\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n\r\nxxxx"
            })
    void refusesACodingInWhateverLineItIsNamed(String rest) {
        start();
        fixture.fake.answer(
                Answer.raw(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + rest).getBytes(UTF_8)));

        HttpResponse<String> answer = fixture.post(CHAT, GatewayFixture.chat(false));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("which was not asked for and cannot be read");
    }

    @Test
    void saysHowLongAnAnswerIsThatIsThereAsAWhole() {
        start();
        fixture.fake.answer(Answer.json(200, WHOLE));

        HttpResponse<String> answer = fixture.post(CHAT, GatewayFixture.chat(false));

        assertThat(answer.headers().firstValue("content-length")).contains(String.valueOf(WHOLE.length()));
        assertThat(answer.headers().firstValue("transfer-encoding")).isEmpty();
        assertThat(answer.body()).isEqualTo(WHOLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"no: KEY\"}}",
                "[{\"error\":{\"message\":\"no: KEY\",\"code\":401}}]",
                "{\"code\":500,\"msg\":\"no: KEY\",\"success\":false}",
                "{\"choices\":null,\"base_resp\":{\"status_code\":1004,\"status_msg\":\"no: KEY\"}}"
            })
    void tellsAnErrorThatCameWithSuccess(String body) {
        start();
        fixture.fake.answer(Answer.json(200, body.replace("KEY", KEY)));

        HttpResponse<String> answer = fixture.post(CHAT, GatewayFixture.chat(false));

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(Json.parse(answer.body()).path("error").path("message").asText())
                .contains("no: ***");
        assertThat(answer.body()).doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "4094, UTF-16LE, /v1/chat/completions",
        "4095, UTF-16BE, /v1/chat/completions",
        "4096, UTF-16LE, /v1/messages",
        "100000, UTF-16LE, /v1/chat/completions",
        "100001, UTF-32, /v1/messages"
    })
    void looksBehindHoweverManyBlanksForAnotherCharset(int blanks, String charset, String path) {
        start();
        byte[] error = ("{\"error\":{\"message\":\"no: " + KEY + "\"}}").getBytes(Charset.forName(charset));
        byte[] body = new byte[blanks + error.length];
        Arrays.fill(body, 0, blanks, (byte) ' ');
        System.arraycopy(error, 0, body, blanks, error.length);
        fixture.fake.answer(Answer.status(200).body("application/json", body));

        HttpResponse<byte[]> answer = fixture.bytes(
                path, path.endsWith("messages") ? GatewayFixture.messages(false) : GatewayFixture.chat(false));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1)
                        .replace("\0", "")
                        .replace("\\u0000", ""))
                .contains("error")
                .doesNotContain(KEY);
    }

    @ParameterizedTest
    @ValueSource(ints = {4095, 4096, 70_000})
    void anAnswerBehindManyBlanksIsRead(int blanks) {
        start();
        String json = "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},"
                + "\"finish_reason\":\"stop\"}]}";
        fixture.fake.answer(Answer.json(200, " ".repeat(blanks) + json));

        assertThat(fixture.post(CHAT, GatewayFixture.chat(false)).body().strip())
                .isEqualTo(json);
        assertThat(fixture.post("/v1/messages", GatewayFixture.messages(false)).body())
                .contains("Hello");
    }

    /** Blanks and the mark of UTF-8 say nothing of what stands behind them. */
    @ParameterizedTest
    @CsvSource({
        "200, '  ', UTF-16LE",
        "401, '  ', UTF-16LE",
        "200, \uFEFF, UTF-16LE",
        "401, \uFEFF, UTF-16BE",
        "200, '\uFEFF ', UTF-16"
    })
    void looksBehindBlanksAndMarksForAnotherCharset(int status, String before, String charset) {
        start();
        byte[] begin = before.getBytes(StandardCharsets.UTF_8);
        byte[] error = ("{\"error\":{\"message\":\"no: " + KEY + "\"}}").getBytes(Charset.forName(charset));
        byte[] body = Arrays.copyOf(begin, begin.length + error.length);
        System.arraycopy(error, 0, body, begin.length, error.length);
        fixture.fake.answer(Answer.status(status).body("application/json", body));

        HttpResponse<byte[]> answer = fixture.bytes(CHAT, GatewayFixture.chat(false));

        assertThat(answer.statusCode()).isEqualTo(status == 200 ? 502 : status);
        assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1)
                        .replace("\0", "")
                        .replace("\\u0000", ""))
                .contains("error")
                .doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "200, application/json; charset=utf-16, UTF-16BE", "200, application/json, UTF-16LE",
        "401, application/json, UTF-16BE", "401, application/json; charset=utf-16le, UTF-16LE",
        "401, text/plain; charset=UTF-32, UTF-32", "500, application/json; charset=IBM037, IBM037"
    })
    void repeatsNothingOfAnAnswerInWhichNobodyFindsAKey(int status, String type, String charset) {
        start();
        String error = "{\"error\":{\"message\":\"no: " + KEY + "\",\"type\":\"x\",\"param\":\"" + KEY + "\"}}";
        byte[] body = error.getBytes(Charset.forName(charset));
        fixture.fake.answer(Answer.status(status).body(type, body));

        HttpResponse<byte[]> answer = fixture.bytes(CHAT, GatewayFixture.chat(false));

        assertThat(answer.statusCode()).isEqualTo(status == 200 ? 502 : status);
        assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1).replace("\0", ""))
                .contains("error")
                .doesNotContain(KEY);
        assertThat(new String(answer.body(), Charset.forName(charset))).doesNotContain(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"KEY\"]", "[1,\"KEY\"", "[\"a\",[\"b\"],\"KEY\", {\"x\":\"KEY\"}]", "[\"ESCAPED\"]"})
    void masksATextThatNoNameStandsBefore(String body) {
        start();
        fixture.fake.answer(Answer.json(200, body.replace("KEY", KEY).replace("ESCAPED", KEY.replace("c", "\\u0063"))));

        assertThat(fixture.post(CHAT, GatewayFixture.chat(false)).body())
                .isEqualTo(body.replace("KEY", "***").replace("ESCAPED", "***"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"KEY\":1}", "{\"a\":\"b\",\"KEY\":{\"x\":1}}", "[{\"KEY\":\"x\"}]"})
    void masksANameOfAMember(String body) {
        start();
        fixture.fake.answer(Answer.json(200, body.replace("KEY", KEY)));

        assertThat(fixture.post(CHAT, GatewayFixture.chat(false)).body()).isEqualTo(body.replace("KEY", "***"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: KEY",
                "event:KEY x",
                "KEY",
                "KEY: x",
                "eventKEY",
                "dataKEY",
                ": KEY",
                "id: KEY",
                "retry: KEY",
                "data: {\"choices\":[],\"KEY\":1}"
            })
    void masksAKeyInAnyLineOfAStream(String line) {
        start();
        String text = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n" + line.replace("KEY", KEY)
                + "\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        for (String end : List.of("\n", "\r", "\r\n")) {
            String stream = text.replace("\n", end);
            fixture.fake.answer(Answer.raw(
                    ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n" + "\r\n" + stream)
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)));

            assertThat(fixture.post(CHAT, GatewayFixture.chat(true)).body()).isEqualTo(stream.replace(KEY, "***"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"m\",\"type\":\"t\",\"code\":\"KEY\"}}",
                "{\"error\":{\"message\":\"m\"},\"KEY\":{\"KEY\":\"x\"}}"
            })
    void masksAnEscapedKeyAnywhereInAnError(String body) {
        start();
        fixture.fake.answer(Answer.json(400, body.replace("KEY", KEY.replace("c", "\\u0063"))));

        assertThat(fixture.post(CHAT, GatewayFixture.chat(false)).body()).isEqualTo(body.replace("KEY", "***"));
    }

    @Test
    void passesNoHeaderWhoseNameIsAKey() {
        start();
        fixture.fake.answer(Answer.json(200, WHOLE).header("OpenAI-" + KEY, "1").header("OpenAI-Version", "2"));

        Map<String, List<String>> headers =
                fixture.post(CHAT, GatewayFixture.chat(false)).headers().map();

        assertThat(headers).containsEntry("openai-version", List.of("2")).doesNotContainKey("openai-" + KEY);
    }

    @Test
    void masksAnErrorInALongAnswerAndNothingElse() {
        start();
        String text = KEY + " is no \\\"error\\\": {\\\"message\\\": \\\"" + KEY + "\\\"} ";
        String body = "{\"object\":\"response\",\"output\":[{\"text\":\"" + text.repeat(3000) + "\",\"error\":\"" + KEY
                + "\"}],\"error\":{\"message\":\"no: " + KEY.replace("c", "\\u0063") + "\"},\"status\":\"failed\"}";
        fixture.fake.answer(Answer.json(200, body).inFragmentsOf(7001));

        String answer = fixture.post("/v1/responses", "{\"model\":\"m\",\"input\":\"Hi\"}")
                .body();

        assertThat(answer).isEqualTo(body.replace("no: " + KEY.replace("c", "\\u0063"), "no: ***"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void masksAnErrorHoweverItIsCut(int bytes) {
        start();
        String begin = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + KEY + "\"}}]}";
        String error = "data: {\"error\" : {\"message\":\"no: " + KEY + "\"}}";
        fixture.fake.answer(Answer.sse(begin, "", error, "").inFragmentsOf(bytes));

        String body = fixture.postBroken(CHAT, GatewayFixture.chat(true));

        assertThat(body).isEqualTo(begin + "\n\n" + error.replace(KEY, "***") + "\n\n");
        AccessRecord record = fixture.record();
        assertThat(record.brokeOff()).isTrue();
        assertThat(record.complete()).isFalse();
    }

    @Test
    void marksTheEndOfAChatStreamThatFallsSilentBehindItsReason() {
        start();
        String reason = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}";
        fixture.fake.answer(Answer.sse(reason, "").holdAfter(1, Gate.closed()));

        assertThat(fixture.post(CHAT, GatewayFixture.chat(true)).body()).isEqualTo(reason + "\n\ndata: [DONE]\n\n");
        fixture.fake.awaitClientGone(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void marksTheEndOfAMessagesStreamThatSaidWhyItEnded(boolean held) {
        start();
        String start = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"content\":[]}}\n\n";
        String reason = "event: message_delta\n"
                + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{}}\n\n";
        var answer = Answer.sse((start + reason.stripTrailing() + "\n").split("\n", -1));
        fixture.fake.answer(held ? answer.holdAfter(2, Gate.closed()) : answer);

        assertThat(fixture.post(MESSAGES, GatewayFixture.messages(true)).body())
                .isEqualTo(start + reason + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    /** An event without its data, or with half of it, is none (S11). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: message_stop\n",
                "event: message_stop\ndata: {\"type\":\"message_stop\"\n",
                "event: message_delta\n\nevent: message_stop\n",
                "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"\n\nevent: message_stop\n"
            })
    void takesAnEndWithoutItsDataForNoEnd(String end) {
        start();
        String start = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"content\":[]}}\n\n";
        for (String cut : List.of(end, end.stripTrailing(), end + "\n")) {
            fixture.fake.answer(Answer.sse((start + cut).split("\n", -1)));

            assertThat(fixture.postBroken(MESSAGES, GatewayFixture.messages(true)))
                    .contains("event: error");
        }
    }

    /** The line that names the event may come long before its data. */
    @Test
    void losesNoDataBehindTheNameOfTheLastEvent() {
        start();
        String whole = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"content\":[]}}\n\n"
                + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        fixture.fake.answer(exchange -> {
            exchange.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            for (byte b : whole.getBytes(UTF_8)) {
                exchange.write(new byte[] {b});
            }
        });

        assertThat(fixture.post(MESSAGES, GatewayFixture.messages(true)).body()).isEqualTo(whole);
    }

    @Test
    void marksNothingWhereNothingWasSaid() {
        start();
        fixture.fake.answer(Answer.sse(
                "event: message_delta", "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":null}}", ""));

        assertThat(fixture.postBroken(MESSAGES, GatewayFixture.messages(true)))
                .contains("event: error")
                .doesNotContain("message_stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, MESSAGES})
    void streamsAWholeAnswerWhereAStreamWasAskedFor(String path) {
        start();
        boolean chat = path.equals(CHAT);
        fixture.fake.answer(Answer.json(
                200,
                chat
                        ? WHOLE
                        : "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"fine\"}],"
                                + "\"stop_reason\":\"end_turn\"}"));

        HttpResponse<String> answer =
                fixture.post(path, chat ? GatewayFixture.chat(true) : GatewayFixture.messages(true));

        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(answer.body()).contains("fine").endsWith(chat ? "data: [DONE]\n\n" : "\"message_stop\"}\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, MESSAGES})
    void collectsAStreamWhereNoneWasAskedFor(String path) {
        start();
        boolean chat = path.equals(CHAT);
        fixture.fake.answer(
                chat
                        ? Answer.sse(
                                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"fi\"}}]}",
                                "",
                                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ne\"},\"finish_reason\":\"stop\"}]}",
                                "",
                                "data: [DONE]",
                                "")
                        : Answer.sse(
                                "data: {\"type\":\"message_start\",\"message\":{}}",
                                "",
                                "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"fi\"}}",
                                "",
                                "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"ne\"}}",
                                "",
                                "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}",
                                "",
                                "data: {\"type\":\"message_stop\"}",
                                ""));

        HttpResponse<String> answer =
                fixture.post(path, chat ? GatewayFixture.chat(false) : GatewayFixture.messages(false));

        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body()).contains("fine");
    }

    @Test
    void refusesACodingThatItDidNotAskFor() {
        start();
        fixture.fake.answer(Answer.json(200, WHOLE).header("Content-Encoding", "zstd"));

        HttpResponse<String> answer = fixture.post(CHAT, GatewayFixture.chat(false), "accept-encoding", "zstd");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("content-encoding zstd");
    }

    @Test
    void unpacksWhatPassesThrough() {
        start();
        fixture.fake.answer(Answer.text("fine").gzip());

        HttpResponse<String> answer = fixture.post(CHAT, GatewayFixture.chat(true));

        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
        assertThat(answer.body()).contains("\"fine\"").endsWith("data: [DONE]\n\n");
    }
}
