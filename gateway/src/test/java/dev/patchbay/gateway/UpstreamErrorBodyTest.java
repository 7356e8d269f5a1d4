package dev.patchbay.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.Answer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of every dialect read of an error, whichever shape and type its provider gives it. */
@Timeout(60)
class UpstreamErrorBodyTest {

    private static final GatewayFixture FIXTURE = new GatewayFixture();

    @BeforeAll
    static void start() {
        FIXTURE.start(
                List.of(FIXTURE.chatProvider().build(), FIXTURE.claudeProvider().build()), builder -> builder);
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static String body(String path, String provider, boolean stream) {
        String model = provider + "/m";
        return path.endsWith("responses")
                ? "{\"model\":\"" + model + "\",\"input\":\"Hi\",\"stream\":" + stream + "}"
                : GatewayFixture.chat(stream).replace("gpt-x", model);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/event-stream | event: error~data: {'type':'error','error':{'type':'overloaded_error','message':'Busy now'}}~~",
                "text/event-stream | data: {'error':{'message':'Busy now','code':503}}~~data: [DONE]~~",
                "text/event-stream | event: response.failed~data: {'type':'response.failed','response':{'error':{'code':'x','message':'Busy now'}}}~~",
                "text/event-stream | {'error':{'message':'Busy now'}}",
                "text/event-stream | {'type':'error','error':{'type':'overloaded_error','message':'Busy now'}}",
                "application/x-ndjson | {'status':'loading'}~{'error':'Busy now'}~",
                "'' | data: {'error':{'message':'Busy now'}}~~",
                "text/plain | {'Message':'Busy now'}",
                "application/json | [{'error':{'code':503,'message':'Busy now','status':'UNAVAILABLE'}}~]",
                "application/json | {'fault':{'faultstring':'Busy now','detail':{'errorcode':'x'}}}",
                "application/problem+json | {'title':'Service Unavailable','status':503,'detail':'Busy now'}",
                "application/xml | <Error><Code>SlowDown</Code><Message>Busy now</Message></Error>"
            })
    void isReadByClientsOfEveryDialect(String type, String body) {
        String text = body.replace('~', '\n').replace('\'', '"');
        String typed = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
        FIXTURE.fake.answer(Answer.raw(("HTTP/1.1 503 Service Unavailable\r\n" + typed + "Content-Length: "
                        + text.length() + "\r\nConnection: close\r\n\r\n" + text)
                .getBytes(UTF_8)));

        isTold(503, "Busy now", "overloaded_error");
    }

    @Test
    void namesTheWebPageOfAProxyInFrontOfTheProvider() {
        FIXTURE.fake.answer(Answer.status(502)
                .body("text/html", "<html>\n<head><title>502 Bad Gateway</title></head><body>nginx</body></html>"));

        isTold(502, "upstream returned HTTP 502 and a web page: 502 Bad Gateway", "api_error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Message':'wrong key KEY'}",
                "event: error\ndata: {'error':{'message':'wrong key KEY'}}\n\n",
                "<Error><Message>wrong key KEY</Message></Error>",
                "<html><title>wrong key KEY</title></html>",
                "{'error':{'message':'{\\'error\\':\\'wrong key KEY\\'}'}}"
            })
    void masksTheKeyThatItRepeats(String body) {
        FIXTURE.fake.answer(
                Answer.status(403).body("text/plain", body.replace('\'', '"').replace("KEY", GatewayFixture.KEY)));

        for (HttpResponse<String> answer : askAll()) {
            assertThat(answer.body()).contains("wrong key ***").doesNotContain(GatewayFixture.KEY);
        }
    }

    /** R9 and S12: as a whole answer, and as the first event of a stream. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Message':'Too many requests','Code':'429'}",
                "{'code':429,'message':'Too many requests','data':null}",
                "{'success':false,'msg':'Too many requests'}",
                "{'type':'response.failed','response':{'error':{'code':'rate_limit_exceeded','message':'Too many requests'}}}"
            })
    void isOneWithAStatusOfSuccessToo(String body) {
        String json = body.replace('\'', '"');
        for (Answer answer : List.of(Answer.json(200, json), Answer.sse("data: " + json, "", "data: [DONE]", ""))) {
            FIXTURE.fake.answer(answer);

            isTold(429, "Too many requests", "rate_limit_error");
        }
    }

    private static void isTold(int status, String message, String anthropicType) {
        for (HttpResponse<String> answer : askAll()) {
            String what = answer.uri() + ": " + answer.body();
            assertThat(answer.statusCode()).as(what).isEqualTo(status);
            assertThat(answer.headers().firstValue("content-type")).as(what).contains("application/json");
            JsonNode error = Json.parse(answer.body()).path("error");
            assertThat(error.path("message").asText()).as(what).isEqualTo(message);
            if (answer.uri().getPath().equals("/v1/messages")) {
                assertThat(error.path("type").asText()).as(what).isEqualTo(anthropicType);
            }
        }
    }

    private static List<HttpResponse<String>> askAll() {
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (String path : List.of("/v1/messages", "/v1/chat/completions", "/v1/responses")) {
            for (String provider : List.of("chat", "claude")) {
                answers.add(FIXTURE.post(path, body(path, provider, true)));
                answers.add(FIXTURE.post(path, body(path, provider, false)));
            }
        }
        return answers;
    }
}
