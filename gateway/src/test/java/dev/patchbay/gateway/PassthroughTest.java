package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.BodyRules;
import dev.patchbay.provider.Model;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.RecordedRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Requests to a provider that speaks the client's dialect. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class PassthroughTest {

    private GatewayFixture fixture = GatewayFixture.claude();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void restart(GatewayFixture next) {
        fixture.close();
        fixture = next;
    }

    @Test
    void sendsTheBodyByteForByteButForTheModel() {
        restart(new GatewayFixture());
        fixture.start(
                fixture.claudeProvider().defaultModel("wire-model").build(), builder -> builder.provider("claude"));
        String body = " {\"max_tokens\" : 1e2,  \"x\":[1.50, 2E+3 ,\"\\u00e9\\/\"],\r\n \"model\" : \"cl\\u0061ude\" ,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}] } ";

        HttpResponse<String> answer = fixture.post("/v1/messages", body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(fixture.fake.onlyRequest().text()).isEqualTo(body.replace("cl\\u0061ude", "wire-model"));
        assertThat(fixture.fake.onlyRequest().path()).isEqualTo("/v1/messages");
    }

    /** A strict upstream refuses every turn of a conversation that holds one. */
    @Test
    void replacesHalvesOfCharactersWhereTheyStand() {
        String halves = "\\ud83d|\\uDE00|\\ud83d\\u0041|\\ud83d\\ud83d\\ude00";
        String body = "{\"model\":\"claude-x\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":"
                + "\"\\ud83d\\ude00 \\\\ud83d \\n" + halves + "\"}]}";

        HttpResponse<String> answer = fixture.post("/v1/messages", body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(fixture.fake.onlyRequest().text())
                .isEqualTo(body.replace(halves, "\\ufffd|\\ufffd|\\ufffd\\u0041|\\ufffd\\ud83d\\ude00"));
    }

    @Test
    void replacesTheClientsCredentialsAndKeepsWhatConcernsTheModel() {
        fixture.post(
                "/v1/messages?beta=true",
                GatewayFixture.messages(false),
                "anthropic-version",
                "2026-10-21",
                "anthropic-beta",
                "one,two",
                "x-claude-code-session-id",
                "session-7",
                "x-app",
                "cli");

        RecordedRequest request = fixture.fake.onlyRequest();
        assertThat(request.target()).isEqualTo("/v1/messages?beta=true");
        assertThat(request.header("x-api-key")).contains(GatewayFixture.KEY);
        assertThat(request.header("authorization")).isEmpty();
        assertThat(request.header("anthropic-version")).contains("2026-10-21");
        assertThat(request.header("anthropic-beta")).contains("one,two");
        assertThat(request.header("x-claude-code-session-id")).contains("session-7");
        assertThat(request.header("x-app")).isEmpty();
        assertThat(request.header("cookie")).isEmpty();
        assertThat(fixture.fake.sawAnywhere(GatewayFixture.CLIENT_KEY)).isFalse();
    }

    @Test
    void relaysTheAnswerAsItIs() {
        fixture.fake.answer(Answer.json(201, "{ \"any\" : [1.0] }")
                .header("request-id", "req_upstream")
                .header("anthropic-ratelimit-requests-remaining", "7")
                .header("Set-Cookie", "a=b"));

        HttpResponse<String> answer = fixture.post("/v1/messages", GatewayFixture.messages(false));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("{ \"any\" : [1.0] }");
        assertThat(answer.headers().firstValue("request-id")).contains("req_upstream");
        assertThat(answer.headers().firstValue("anthropic-ratelimit-requests-remaining"))
                .contains("7");
        assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
        assertThat(answer.headers().firstValue("x-patchbay-provider")).contains("claude");
        assertThat(answer.headers().firstValue("x-patchbay-model")).contains("claude-x");
    }

    @Test
    void relaysAStreamByteForByte() {
        String[] lines = {
            "event: message_start",
            "data: {\"type\" : \"message_start\"}",
            "",
            ": comment",
            "",
            "event: message_stop",
            "data: {\"type\":\"message_stop\"}",
            ""
        };
        fixture.fake.answer(Answer.sse(lines));

        HttpResponse<String> answer = fixture.post("/v1/messages", GatewayFixture.messages(true));

        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(answer.body()).isEqualTo(String.join("\n", lines) + "\n");
    }

    @Test
    void relaysAChatStreamWithoutItsMarkerAsItIs() {
        restart(GatewayFixture.chat());
        String[] lines = {"data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}", ""};
        fixture.fake.answer(Answer.sse(lines));

        HttpResponse<String> answer = fixture.post("/v1/chat/completions", GatewayFixture.chat(true));

        assertThat(answer.body()).isEqualTo(String.join("\n", lines) + "\n");
        assertThat(fixture.fake.onlyRequest().header("authorization")).contains("Bearer " + GatewayFixture.KEY);
    }

    @Test
    void cleansWhatAnotherProviderLeftInTheHistory() {
        fixture.post(
                "/v1/messages",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":["
                        + "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"\"},{\"type\":\"text\",\"text\":\"\"},"
                        + "{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"c\"}]}");

        assertThat(fixture.fake.onlyRequest().text())
                .isEqualTo(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\","
                                + "\"content\":[{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"c\"}]}");
    }

    @Test
    void leavesAHistoryAloneThatOnlyLooksForeign() {
        String body =
                "{\"model\":\"m\", \"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t1\","
                        + "\"name\":\"n\",\"input\":{\"id\":\"not an id\",\"text\":\"\"}}]}] }";

        fixture.post("/v1/messages", body);

        assertThat(fixture.fake.onlyRequest().text()).isEqualTo(body);
    }

    @Test
    void appliesBodyRulesOfProviderAndModel() {
        restart(new GatewayFixture());
        Model model = Model.named("m");
        BodyRules rules = new BodyRules(Map.of(), Map.of("top_k", 5), Map.of(), List.of("metadata"));
        fixture.start(
                fixture.claudeProvider().models(Map.of("m", model)).body(rules).build(),
                builder -> builder.provider("claude"));

        fixture.post("/v1/messages", "{\"model\":\"m\",\"metadata\":{\"user_id\":\"u\"},\"messages\":[]}");

        assertThat(fixture.fake.onlyRequest().text()).isEqualTo("{\"model\":\"m\",\"messages\":[],\"top_k\":5}");
    }

    @Test
    void relaysAnErrorOfTheClientsOwnShapeAsItIs() {
        String error = "{\"type\":\"error\", \"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\"}}";
        fixture.fake.answer(Answer.json(429, error).header("retry-after", "3"));

        HttpResponse<String> answer = fixture.post("/v1/messages", GatewayFixture.messages(true));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo(error);
        assertThat(answer.headers().firstValue("retry-after")).contains("3");
        assertThat(answer.headers().firstValue("request-id")).isPresent();
    }

    @Test
    void writesAnErrorAnewThatTheClientCouldNotRead() {
        fixture.fake.answer(Answer.html(503));

        HttpResponse<String> answer = fixture.post("/v1/messages", GatewayFixture.messages(true));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"type\":\"overloaded_error\"").doesNotContain("<h1>");
    }

    @Test
    void saysInTheWordsOfAgentsThatAPromptIsTooLong() {
        fixture.fake.answer(Answer.json(
                400,
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"maximum context length is"
                        + " 8192\"}}"));

        HttpResponse<String> answer = fixture.post("/v1/messages", GatewayFixture.messages(true));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("prompt is too long: maximum context length is 8192");
    }

    @Test
    void countsTokensWhereTheUpstreamDoes() {
        HttpResponse<String> answer =
                fixture.post("/v1/messages/count_tokens?beta=true", GatewayFixture.messages(false));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("input_tokens");
        assertThat(fixture.fake.onlyRequest().path()).isEqualTo("/v1/messages/count_tokens");
    }

    @Test
    void countsTokensItselfWhereTheUpstreamCannot() {
        fixture.fake.answer("/count_tokens", Answer.status(404));

        HttpResponse<String> answer = fixture.post("/v1/messages/count_tokens", GatewayFixture.messages(false));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).matches("\\{\"input_tokens\":[1-9][0-9]*}");
    }

    @Test
    void logsWithoutSecrets() {
        fixture.post("/v1/messages?key=" + GatewayFixture.CLIENT_KEY, GatewayFixture.messages(false));

        assertThat(fixture.record().toString())
                .contains("POST /v1/messages 200 claude claude-x relay")
                .doesNotContain(GatewayFixture.CLIENT_KEY);
    }
}
