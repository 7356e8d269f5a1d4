package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.Quirk;
import dev.patchbay.testkit.RecordedRequest;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests to a provider that speaks another dialect than the client. */
class TranslationTest {

    private GatewayFixture fixture = GatewayFixture.chat();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void restart(GatewayFixture next) {
        fixture.close();
        fixture = next;
    }

    @Test
    void letsAMessagesClientTalkToAChatProvider() {
        fixture.fake.answer(Answer.text("Hel", "lo").header("x-request-id", "up-1"));

        HttpResponse<String> answer = fixture.post("/v1/messages", GatewayFixture.messages(false));

        JsonNode message = Json.parse(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(message.path("content").path(0).path("text").asText()).isEqualTo("Hello");
        assertThat(message.path("model").asText()).isEqualTo("claude-x");
        assertThat(answer.headers().firstValue("request-id")).contains("up-1");
        assertThat(fixture.fake.onlyRequest().path()).isEqualTo("/v1/chat/completions");
        assertThat(fixture.fake.onlyRequest().header("authorization")).contains("Bearer " + GatewayFixture.KEY);
        assertThat(fixture.fake.sawAnywhere(GatewayFixture.CLIENT_KEY)).isFalse();
    }

    @Test
    void streamsToAMessagesClientChunkByChunk() throws Exception {
        Gate gate = Gate.closed();
        fixture.fake.answer(Answer.text("first", "second").holdBefore("second", gate));

        HttpResponse<InputStream> answer = fixture.open("/v1/messages", GatewayFixture.messages(true));
        String before = GatewayFixture.readUntil(answer.body(), "first");
        gate.open();
        String after = GatewayFixture.readUntil(answer.body(), "message_stop");

        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(before).contains("event: message_start").doesNotContain("second");
        assertThat(after).contains("second");
    }

    @Test
    void letsAChatClientTalkToAMessagesProvider() {
        restart(GatewayFixture.claude());
        fixture.fake.answer(Answer.toolCall("toolu_1", "run", "{\"a\":", "1}"));

        HttpResponse<String> whole = fixture.post("/v1/chat/completions", GatewayFixture.chat(false));
        HttpResponse<String> stream = fixture.post("/v1/chat/completions", GatewayFixture.chat(true));

        assertThat(Json.parse(whole.body())
                        .path("choices")
                        .path(0)
                        .path("finish_reason")
                        .asText())
                .isEqualTo("tool_calls");
        assertThat(stream.body()).contains("\"tool_calls\"").endsWith("data: [DONE]\n\n");
        assertThat(fixture.fake.requests()).allMatch(request -> request.path().equals("/v1/messages"));
        assertThat(fixture.fake.requests())
                .allMatch(request -> request.header("x-api-key").orElse("").equals(GatewayFixture.KEY));
    }

    @Test
    void letsAResponsesClientTalkToBoth() {
        String body = "{\"model\":\"m\",\"stream\":true,\"input\":\"Hi\"}";
        HttpResponse<String> overChat = fixture.post("/v1/responses", body);
        restart(GatewayFixture.claude());
        HttpResponse<String> overMessages = fixture.post("/v1/responses", body);
        HttpResponse<String> whole = fixture.post("/v1/responses", "{\"model\":\"m\",\"input\":\"Hi\"}");

        assertThat(List.of(overChat.body(), overMessages.body()))
                .allMatch(text -> text.contains("event: response.output_item.done"))
                .allMatch(text -> text.contains("event: response.completed"));
        assertThat(Json.parse(whole.body()).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void remembersTheItemsThatAResponsesClientNames() {
        fixture.fake.answer(Answer.text("four"));
        for (boolean stream : List.of(false, true)) {
            String first = fixture.post(
                            "/v1/responses", "{\"model\":\"m\",\"input\":\"2+2?\",\"stream\":" + stream + "}")
                    .body();
            String id = first.replaceAll("(?s).*\"id\":\"(msg_[A-Za-z0-9]+)\".*", "$1");
            HttpResponse<String> second = fixture.post(
                    "/v1/responses",
                    "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"2+2?\"},{\"type\":\"item_reference\","
                            + "\"id\":\"" + id + "\"},{\"role\":\"user\",\"content\":\"and?\"}]}");

            assertThat(second.statusCode()).isEqualTo(200);
            List<RecordedRequest> asked = fixture.fake.requests();
            assertThat(asked.get(asked.size() - 1).text()).contains("\"content\":\"four\"");
        }
    }

    @Test
    void keepsNoItemsOfClientsThatDoNotLetAnswersBeStored() {
        String first = fixture.post("/v1/responses", "{\"model\":\"m\",\"input\":\"2+2?\",\"store\":false}")
                .body();
        String id = first.replaceAll("(?s).*\"id\":\"(msg_[A-Za-z0-9]+)\".*", "$1");

        HttpResponse<String> second = fixture.post(
                "/v1/responses", "{\"model\":\"m\",\"input\":[{\"type\":\"item_reference\",\"id\":\"" + id + "\"}]}");

        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body()).contains("store: false");
    }

    /** S14. */
    @Test
    void streamsAnAnswerThatCameWhole() {
        fixture.fake.answer(Answer.text("Hello").with(Quirk.STREAM_IGNORED));

        HttpResponse<String> answer = fixture.post("/v1/messages", GatewayFixture.messages(true));

        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(answer.body()).contains("event: message_start", "Hello", "event: message_stop");
    }

    @Test
    void readsAnAnswerThatWasCompressedUnasked() {
        fixture.fake.answer(Answer.text("Hel", "lo").gzip());

        assertThat(fixture.post("/v1/messages", GatewayFixture.messages(false)).body())
                .contains("Hello");
        assertThat(fixture.post("/v1/messages", GatewayFixture.messages(true)).body())
                .contains("lo", "message_stop");
    }

    @Test
    void tellsErrorsInTheClientsDialect() {
        fixture.fake.answer(Answer.error(429, "rate_limit_exceeded", "slow down")
                .header("Retry-After", "2")
                .header("x-request-id", "up-9"));

        HttpResponse<String> answer = fixture.post("/v1/messages", GatewayFixture.messages(true));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).contains("2");
        assertThat(answer.headers().firstValue("request-id")).contains("up-9");
        JsonNode body = Json.parse(answer.body());
        assertThat(body.path("error").path("type").asText()).isEqualTo("rate_limit_error");
        assertThat(body.path("request_id").asText()).isEqualTo("up-9");
    }

    @Test
    void answersAnErrorBeforeTheFirstEventWithItsStatus() {
        fixture.fake.answer(Answer.sse("data: {\"error\":{\"code\":429,\"message\":\"busy\"}}", ""));

        HttpResponse<String> answer = fixture.post("/v1/messages", GatewayFixture.messages(true));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void countsTokensItself() {
        HttpResponse<String> answer = fixture.post("/v1/messages/count_tokens", GatewayFixture.messages(false));

        assertThat(answer.body()).matches("\\{\"input_tokens\":[1-9][0-9]*}");
        assertThat(fixture.fake.requests()).isEmpty();
    }

    @Test
    void readsAVeryLongRequestOffTheEventLoop() {
        restart(new GatewayFixture());
        fixture.start(
                fixture.chatProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(30)))
                        .build(),
                builder -> builder.provider("chat"));
        String text = "x".repeat(3_000_000);

        HttpResponse<String> answer =
                fixture.post("/v1/messages", GatewayFixture.messages(false).replace("Hi", text));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(fixture.fake.takeRequest(Duration.ofSeconds(5)).text()).contains(text);
    }
}
