package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.Answer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of docs/design/dialects.md that only show over the whole way: M6, M6a, Q3, K3, G1. */
class DialectRulesTest {

    private static final String SIGNED_CALL =
            "{\"id\":\"c\",\"choices\":[{\"index\":0,\"%s\":{\"role\":\"assistant\",\"tool_calls\":"
                    + "[{\"index\":0,\"id\":\"call-1\",\"type\":\"function\",\"function\":{\"name\":\"find\",\"arguments\":"
                    + "\"{\\\"path\\\":\\\"/\\\"}\"},\"extra_content\":{\"google\":{\"thought_signature\":\"SIG==\"}}}]},"
                    + "\"finish_reason\":\"tool_calls\"}]}";
    private static final String MESSAGES_TOOLS =
            "\"tools\":[{\"name\":\"find\",\"input_schema\":{\"type\":\"object\"}}]";

    private @Nullable GatewayFixture fixture;

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    /** M6, of answers: once for each type, in the operator's log. */
    @Test
    void saysInTheLogWhatOfAnAnswerAClientIsNotTold() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger gateway = Logger.getLogger("dev.patchbay.internal.gateway");
        gateway.addHandler(handler);
        try {
            fixture = GatewayFixture.claude();
            fixture.fake.answer(Answer.json(
                    200,
                    "{\"type\":\"message\",\"content\":[{\"type\":\"hologram\"},{\"type\":\"text\",\"text\":\"a\"}],"
                            + "\"stop_reason\":\"end_turn\"}"));

            fixture.post(
                    "/v1/chat/completions", "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}");
        } finally {
            gateway.removeHandler(handler);
        }

        assertThat(logged).anyMatch(line -> line.contains("'hologram'"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bringsAProofBackThatTheClientDropped(boolean stream) {
        GatewayFixture gateway = chat(Map.of("extra", List.of("extra_content")));
        gateway.fake.answer(signedCall(stream));
        gateway.post("/v1/messages", messages(stream, "[{\"role\":\"user\",\"content\":\"q\"}]"));

        gateway.post(
                "/v1/messages",
                messages(
                        false,
                        "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\","
                                + "\"id\":\"call-1\",\"name\":\"find\",\"input\":{\"path\":\"/\"}}]},{\"role\":\"user\",\"content\":"
                                + "[{\"type\":\"tool_result\",\"tool_use_id\":\"call-1\",\"content\":\"r\"}]}]"));

        assertThat(sent(gateway)
                        .at("/messages/1/tool_calls/0/extra_content/google/thought_signature")
                        .asText())
                .isEqualTo("SIG==");
    }

    @Test
    void findsAProofOverEveryConnection() throws Exception {
        GatewayFixture gateway = chat(Map.of("extra", List.of("extra_content")));
        gateway.fake.answer(signedCall(true));
        gateway.post("/v1/messages", messages(true, "[{\"role\":\"user\",\"content\":\"q\"}]"));
        String second = messages(
                false,
                "[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"call-1\",\"name\":\"find\",\"input\":"
                        + "{\"path\":\"/\"}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":"
                        + "\"call-1\",\"content\":\"r\"}]}]");

        for (int i = 0; i < 8; i++) {
            HttpClient fresh = HttpClient.newHttpClient();
            fresh.send(
                    gateway.request("/v1/messages")
                            .POST(HttpRequest.BodyPublishers.ofString(second))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());

            assertThat(sent(gateway)
                            .at("/messages/0/tool_calls/0/extra_content/google/thought_signature")
                            .asText())
                    .isEqualTo("SIG==");
        }
    }

    @Test
    void bringsAProofBackForResponsesClientsToo() {
        GatewayFixture gateway = chat(Map.of("extra", List.of("extra_content")));
        gateway.fake.answer(signedCall(true));
        String tools = "\"tools\":[{\"type\":\"function\",\"name\":\"find\",\"parameters\":{\"type\":\"object\"}}]";
        gateway.post("/v1/responses", "{\"model\":\"m\",\"stream\":true,\"input\":\"q\"," + tools + "}");

        gateway.post(
                "/v1/responses",
                "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"q\"},{\"type\":\"function_call\",\"call_id\":"
                        + "\"call-1\",\"name\":\"find\",\"arguments\":\"{ \\\"path\\\": \\\"/\\\" }\"},{\"type\":"
                        + "\"function_call_output\",\"call_id\":\"call-1\",\"output\":\"r\"}]," + tools + "}");

        assertThat(sent(gateway)
                        .at("/messages/1/tool_calls/0/extra_content/google/thought_signature")
                        .asText())
                .isEqualTo("SIG==");
    }

    @Test
    void bringsSignedThinkingBackForChatClients() {
        fixture = GatewayFixture.claude();
        fixture.fake.answer(Answer.json(
                200,
                "{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\","
                        + "\"signature\":\"sig\"},{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"find\",\"input\":{\"n\":1.0}}],"
                        + "\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"));
        String tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"find\"}}]";
        fixture.post(
                "/v1/chat/completions",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]," + tools + "}");

        fixture.post(
                "/v1/chat/completions",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":"
                        + "\"t1\",\"type\":\"function\",\"function\":{\"name\":\"find\",\"arguments\":\"{\\\"n\\\":1}\"}}]},{\"role\":"
                        + "\"tool\",\"tool_call_id\":\"t1\",\"content\":\"r\"}]," + tools + "}");

        assertThat(sent(fixture).at("/messages/1/content/0"))
                .isEqualTo(Json.parse("{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"sig\"}"));
    }

    @Test
    void namesInAHeaderWhatWasDropped() {
        GatewayFixture gateway = chat(Map.of());

        HttpResponse<String> answer = gateway.post(
                "/v1/messages",
                "{\"model\":\"m\",\"max_tokens\":9,\"top_k\":3,\"service_tier\":\"auto\",\"büro\":1,\"stop_sequences\":[\"1\",\"2\",\"3\","
                        + "\"4\",\"5\"],\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}");
        HttpResponse<String> plain = gateway.post("/v1/messages", GatewayFixture.messages(false));

        assertThat(answer.headers().firstValue("x-patchbay-dropped")).contains("stop_sequences, top_k, b%C3%BCro");
        assertThat(plain.headers().firstValue("x-patchbay-dropped")).isEmpty();
    }

    @Test
    void refusesThreadsInTheFormThatAnthropicsSdkUnderstands() {
        GatewayFixture gateway = chat(Map.of());

        HttpResponse<String> answer = gateway.post(
                "/v1/messages",
                "{\"model\":\"m\",\"max_tokens\":9,\"thread\":{\"type\":\"create\"},\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).at("/error/details"))
                .isEqualTo(Json.parse("{\"error_code\":\"thread_unsupported_request\",\"unsupported\":[\"thread\"]}"));
        assertThat(gateway.fake.requests()).isEmpty();
    }

    @Test
    void refusesAToolThatIsForcedAndCannotBeOffered() {
        GatewayFixture gateway = chat(Map.of());

        HttpResponse<String> answer = gateway.post(
                "/v1/messages",
                "{\"model\":\"m\",\"max_tokens\":9,\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}],"
                        + "\"tool_choice\":{\"type\":\"tool\",\"name\":\"web_search\"},\"messages\":[{\"role\":\"user\",\"content\":"
                        + "\"q\"}]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).at("/error/message").asText()).contains("web_search", "'chat'");
        assertThat(gateway.fake.requests()).isEmpty();
    }

    @Test
    void placesSystemMessagesOnTheWayThroughOfBothDialects() {
        String messages = "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"system\",\"content\":\"x\"}]";
        GatewayFixture chat = chat(Map.of("midSystem", "user"));
        chat.post("/v1/chat/completions", "{\"model\":\"m\",\"messages\":" + messages + "}");
        JsonNode toChat = sent(chat).path("messages");
        close();
        GatewayFixture claude = new GatewayFixture();
        fixture = claude;
        claude.start(
                claude.claudeProvider().quirks(Map.of("midSystem", "user")).build(),
                builder -> builder.provider("claude"));
        claude.post("/v1/messages", "{\"model\":\"m\",\"max_tokens\":9,\"messages\":" + messages + "}");

        assertThat(sent(claude).path("messages").toString())
                .doesNotContain("\"system\"")
                .contains("[system] x");
        assertThat(toChat.toString()).isEqualTo("[{\"role\":\"user\",\"content\":\"q\\n\\n[system] x\"}]");
    }

    /** K4 and Q5 on the pass-through: what the upstream is known to refuse stays behind, and its name is told. */
    @Test
    void leavesBehindOnTheWayThroughWhatTheUpstreamRefuses() {
        GatewayFixture gateway = chat(Map.of("images", false));
        HttpResponse<String> empty = gateway.post(
                "/v1/chat/completions",
                "{\"model\":\"m\",\"tools\":[],\"tool_choice\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}");
        assertThat(sent(gateway).has("tools")).isFalse();
        assertThat(sent(gateway).has("tool_choice")).isFalse();
        HttpResponse<String> image = gateway.post(
                "/v1/chat/completions",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
                        + "\"data:image/png;base64,CANARY\"}}]}]}");

        assertThat(sent(gateway).toString()).contains("[image omitted]").doesNotContain("CANARY");
        assertThat(empty.headers().firstValue("x-patchbay-dropped")).contains("tools, tool_choice");
        assertThat(image.headers().firstValue("x-patchbay-dropped")).contains("messages.content.image");
    }

    @Test
    void saysWhichQuirkHelpsWhereATemplateRefusesASystemMessage() {
        GatewayFixture gateway = chat(Map.of());
        gateway.fake.answer(Answer.error(400, "BadRequestError", "System message must be at the beginning."));

        assertThat(gateway.post("/v1/messages", GatewayFixture.messages(false)).body())
                .contains("midSystem");
    }

    private GatewayFixture chat(Map<String, @Nullable Object> quirks) {
        GatewayFixture started = new GatewayFixture();
        fixture = started;
        return started.start(started.chatProvider().quirks(quirks).build(), builder -> builder.provider("chat"));
    }

    private static Answer signedCall(boolean stream) {
        return stream
                ? Answer.sse("data: " + SIGNED_CALL.formatted("delta"), "", "data: [DONE]", "")
                : Answer.json(200, SIGNED_CALL.formatted("message"));
    }

    private static String messages(boolean stream, String messages) {
        return "{\"model\":\"m\",\"max_tokens\":9,\"stream\":" + stream + "," + MESSAGES_TOOLS + ",\"messages\":"
                + messages + "}";
    }

    private static JsonNode sent(GatewayFixture gateway) {
        var requests = gateway.fake.requests();
        return Json.parse(requests.get(requests.size() - 1).body());
    }
}
