package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.Patchbay;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.vectors.MessagesAssembly;
import dev.patchbay.provider.Definition;
import dev.patchbay.session.ContinueRequest;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionResult;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Thinking;
import dev.patchbay.spi.Tool;
import dev.patchbay.testkit.Answer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions, Messages clients and chat clients in front of a provider that has Responses alone (dialects.md, 1.11). */
class ResponsesOnlyUpstreamTest {

    private static final String REASONING =
            "{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'Hmm.'}],"
                    + "'encrypted_content':'gAAAAABo'}";
    private static final String HELLO =
            "{'type':'message','id':'msg_1','role':'assistant','content':[{'type':'output_text','text':'Hello'}]}";
    private static final String REFUSAL =
            "{'type':'message','id':'msg_1','role':'assistant','content':[{'type':'refusal','refusal':'I cannot.'}]}";
    private static final String DELTA = "{'type':'response.output_text.delta','output_index':0,'delta':'Hel'}";
    private static final String PNG = "iVBORw0KGgo=";
    private static final String SCHEMA =
            "{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false}";

    private final GatewayFixture fixture = new GatewayFixture();

    @BeforeEach
    void start() {
        fixture.start(provider(), builder -> builder.provider("only"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Definition provider() {
        return Definition.builder("only")
                .dialect("openai-responses")
                .baseUrl(fixture.fake.baseUrl("/v1"))
                .http(GatewayFixture.quick())
                .defaultModel("gpt-x")
                .build();
    }

    private static String call(String id) {
        return "{'type':'function_call','id':'f" + id + "','call_id':'" + id
                + "','name':'find','arguments':'{\\\"path\\\":\\\"/" + id + "\\\"}'}";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersAMessagesClientForTwoTurnsWithThinkingToolsAndImages(boolean stream) {
        fixture.fake.answer(StrictResponses.answering(REASONING, HELLO, call("c1"), call("c2")));
        String tools =
                "'tools':[{'name':'find','input_schema':{'type':'object','properties':{'path':{'type':'string'}}}}],"
                        + "'thinking':{'type':'enabled','budget_tokens':2000},'max_tokens':4000,'stream':" + stream;
        String question = "{'role':'user','content':[{'type':'text','text':'look'},{'type':'image','source':"
                + "{'type':'base64','media_type':'image/png','data':'" + PNG + "'}}]}";
        JsonNode first = messages("{'model':'m','messages':[" + question + "]," + tools + "}");

        assertThat(first.path("stop_reason").asText()).isEqualTo("tool_use");
        assertThat(first.path("content").findValuesAsText("type"))
                .containsSubsequence("thinking", "text", "tool_use", "tool_use");
        assertThat(first.path("usage").path("input_tokens").asInt()).isEqualTo(20);
        assertThat(first.path("usage").path("cache_read_input_tokens").asInt()).isEqualTo(10);

        ObjectNode second = (ObjectNode)
                Json.parse(("{'model':'m','messages':[" + question + "]," + tools + "}").replace('\'', '"'));
        second.withArray("messages")
                .add(Json.object().put("role", "assistant").<ObjectNode>set("content", first.path("content")));
        second.withArray("messages")
                .add(Json.parse(("{'role':'user','content':[{'type':'tool_result','tool_use_id':'c2','content':'two'},"
                                + "{'type':'tool_result','tool_use_id':'c1','content':[{'type':'image','source':"
                                + "{'type':'base64','media_type':'image/png','data':'" + PNG + "'}}]}]}")
                        .replace('\'', '"')));
        assertThat(messages(Json.text(second)).path("stop_reason").asText()).isEqualTo("tool_use");
        JsonNode sent = lastRequest();
        assertThat(sent.path("input").path(1)).isEqualTo(Json.parse(REASONING.replace('\'', '"')));
        assertThat(sent.path("input").findValuesAsText("image_url")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersAChatClientForTwoTurnsWithTools(boolean stream) {
        fixture.fake.answer(StrictResponses.answering(REASONING, call("c1"), call("c2")));
        String tools = "'tools':[{'type':'function','function':{'name':'find','parameters':{'type':'object'}}}],"
                + "'reasoning_effort':'high','stream':" + stream;
        JsonNode first = chat("{'model':'m','messages':[{'role':'user','content':'look'}]," + tools + "}");

        assertThat(first.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(first.path("message").path("reasoning_content").asText()).isEqualTo("Hmm.");
        assertThat(first.path("message").path("tool_calls").findValuesAsText("id"))
                .containsExactly("c1", "c2");

        fixture.fake.answer(StrictResponses.answering(HELLO));
        JsonNode second =
                chat("{'model':'m','messages':[{'role':'user','content':'look'},{'role':'assistant','content':null,"
                        + "'tool_calls':[{'id':'c1','type':'function','function':{'name':'find','arguments':'{\\\"path\\\":\\\"/c1\\\"}'}},"
                        + "{'id':'c2','type':'function','function':{'name':'find','arguments':'{\\\"path\\\": \\\"/c2\\\"}'}}]},"
                        + "{'role':'tool','tool_call_id':'c1','content':'1'},{'role':'tool','tool_call_id':'c2','content':'2'}],"
                        + tools + "}");
        assertThat(second.path("message").path("content").asText()).isEqualTo("Hello");
        assertThat(lastRequest().path("input").path(1))
                .as("a chat client drops it, the gateway keeps it")
                .isEqualTo(Json.parse(REASONING.replace('\'', '"')));
    }

    @Test
    void asksForStructuredOutputInBothClientsWords() {
        fixture.fake.answer(StrictResponses.answering(HELLO));
        messages("{'model':'m','max_tokens':99,'messages':[{'role':'user','content':'q'}],'output_config':{'format':"
                + "{'type':'json_schema','schema':" + SCHEMA + "}}}");
        assertThat(lastRequest().path("text").path("format").path("schema"))
                .isEqualTo(Json.parse(SCHEMA.replace('\'', '"')));
        chat("{'model':'m','messages':[{'role':'user','content':'q'}],'response_format':{'type':'json_schema',"
                + "'json_schema':{'name':'city','schema':" + SCHEMA + ",'strict':true}}}");
        assertThat(lastRequest().path("text").path("format").path("name").asText())
                .isEqualTo("city");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsARefusalAndAnAnswerThatTheLimitCut(boolean stream) {
        fixture.fake.answer(StrictResponses.answering(REFUSAL));
        assertThat(messages(plain("'max_tokens':9", stream)).path("stop_reason").asText())
                .isEqualTo("refusal");
        JsonNode refused = chat(plain("'n':1", stream));
        assertThat(refused.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(refused.at("/message/refusal").asText()).isEqualTo("I cannot.");
        assertThat(refused.at("/message/content").asText("")).isEmpty();
        fixture.fake.answer(StrictResponses.answering(HELLO).incomplete());
        assertThat(messages(plain("'max_tokens':9", stream)).path("stop_reason").asText())
                .isEqualTo("max_tokens");
        assertThat(chat(plain("'n':1", stream)).path("finish_reason").asText()).isEqualTo("length");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverPassesACutStreamForAnAnswer(boolean breaks) {
        fixture.fake.answer(StrictResponses.sending(breaks, DELTA));

        String messages = body("/v1/messages", plain("'max_tokens':9", true));
        assertThat(messages).contains("event: error").contains("Hel").doesNotContain("message_stop");
        String chat = body("/v1/chat/completions", plain("'n':1", true));
        assertThat(chat)
                .contains("\"error\"")
                .contains("Hel")
                .doesNotContain("[DONE]")
                .doesNotContain("\"stop\"");
        assertThat(fixture.post("/v1/messages", plain("'max_tokens':9", false).replace('\'', '"'))
                        .statusCode())
                .isEqualTo(502);
        assertThat(fixture.post("/v1/chat/completions", plain("'n':1", false).replace('\'', '"'))
                        .statusCode())
                .isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsAnErrorBeforeTheAnswer(boolean stream) {
        fixture.fake.answer(
                Answer.error(429, "rate_limit_exceeded", "slow down").header("Retry-After", "2"));

        HttpResponse<String> messages =
                fixture.post("/v1/messages", plain("'max_tokens':9", stream).replace('\'', '"'));
        assertThat(messages.statusCode()).isEqualTo(429);
        assertThat(messages.headers().firstValue("retry-after")).contains("2");
        assertThat(messages.body()).contains("rate_limit_error").contains("slow down");
        HttpResponse<String> chat =
                fixture.post("/v1/chat/completions", plain("'n':1", stream).replace('\'', '"'));
        assertThat(chat.statusCode()).isEqualTo(429);
    }

    @Test
    void tellsAnErrorInTheStream() {
        String failed = "{'type':'response.failed','response':{'status':'failed','error':{'code':'server_error',"
                + "'message':'it broke'}}}";
        fixture.fake.answer(StrictResponses.sending(false, DELTA, failed));
        assertThat(body("/v1/messages", plain("'max_tokens':9", true)))
                .contains("event: error")
                .contains("it broke")
                .doesNotContain("message_stop");
        assertThat(body("/v1/chat/completions", plain("'n':1", true)))
                .contains("it broke")
                .doesNotContain("[DONE]");

        fixture.fake.answer(StrictResponses.sending(false, failed));
        assertThat(fixture.post("/v1/messages", plain("'max_tokens':9", true).replace('\'', '"'))
                        .statusCode())
                .isEqualTo(500);
    }

    @Test
    void servesSessionsWithThinkingToolsAndImagesForTwoTurns() {
        fixture.fake.answer(StrictResponses.answering(REASONING, HELLO, call("c1"), call("c2")));
        try (Patchbay patchbay =
                Patchbay.builder().withoutDiscovery().definition(provider()).build()) {
            SessionResult first = patchbay.launch(LaunchRequest.query("look")
                            .provider("only")
                            .tool(Tool.of("find", "Find", Map.of("type", "object")))
                            .thinking(Thinking.enabled(2000))
                            .build())
                    .await();
            assertThat(first.status()).isEqualTo(SessionStatus.COMPLETED);
            assertThat(first.text()).isEqualTo("Hello");
            assertThat(first.toolUses()).extracting(ContentBlock.ToolUse::id).containsExactly("c1", "c2");

            fixture.fake.answer(StrictResponses.answering(HELLO));
            SessionResult second = patchbay.continueSession(
                            first.session().id(),
                            ContinueRequest.toolResult(ContentBlock.toolResult(
                                            "c1",
                                            List.of(ContentBlock.image(MediaSource.base64("image/png", PNG))),
                                            false,
                                            Map.of()))
                                    .content(ContentBlock.toolResult("c2", "two"))
                                    .build())
                    .await();
            assertThat(second.status()).isEqualTo(SessionStatus.COMPLETED);
            JsonNode input = lastRequest().path("input");
            assertThat(input.path(1)).isEqualTo(Json.parse(REASONING.replace('\'', '"')));
            assertThat(input.findValuesAsText("image_url")).hasSize(1);
        }
    }

    @Test
    void endsSessionsAsTheProviderDoes() {
        try (Patchbay patchbay =
                Patchbay.builder().withoutDiscovery().definition(provider()).build()) {
            LaunchRequest request = LaunchRequest.query("look")
                    .provider("only")
                    .outputSchema(Map.of("type", "object"))
                    .build();
            fixture.fake.answer(StrictResponses.answering(REFUSAL));
            assertThat(patchbay.launch(request).await().stopReason()).contains(StopReason.REFUSAL);
            fixture.fake.answer(StrictResponses.sending(true, DELTA));
            assertThat(patchbay.launch(request).await().status()).isEqualTo(SessionStatus.FAILED);
            fixture.fake.answer(StrictResponses.sending(
                    false, DELTA, "{'type':'error','error':{'type':'server_error','code':null,'message':'it broke'}}"));
            SessionResult failed = patchbay.launch(request).await();
            assertThat(failed.status()).isEqualTo(SessionStatus.FAILED);
            assertThat(failed.error().orElseThrow().message()).contains("it broke");
        }
    }

    private static String plain(String member, boolean stream) {
        return "{'model':'m'," + member + ",'stream':" + stream + ",'messages':[{'role':'user','content':'q'}]}";
    }

    private JsonNode lastRequest() {
        var requests = fixture.fake.requests();
        assertThat(requests).allMatch(request -> request.path().equals("/v1/responses"));
        return Json.parse(requests.get(requests.size() - 1).body());
    }

    /** A stream that is broken behind its error: what came of it. */
    private String body(String path, String request) {
        return fixture.postBroken(path, request.replace('\'', '"'));
    }

    private JsonNode messages(String request) {
        HttpResponse<String> answer = fixture.post("/v1/messages", request.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (answer.body().startsWith("{")) {
            return Json.parse(answer.body());
        }
        List<JsonNode> events = data(answer.body());
        JsonNode message = MessagesAssembly.of(events).message();
        for (JsonNode event : events) {
            JsonNode block = message.path("content").path(event.path("index").asInt());
            if (event.path("delta").has("signature")) {
                ((ObjectNode) block).set("signature", event.path("delta").path("signature"));
            }
        }
        return message;
    }

    /** The choice of a chat answer; of a stream, what its chunks make. */
    private JsonNode chat(String request) {
        HttpResponse<String> answer = fixture.post("/v1/chat/completions", request.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (answer.body().startsWith("{")) {
            return Json.parse(answer.body()).path("choices").path(0);
        }
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
        ObjectNode choice = Json.object();
        ObjectNode message = choice.putObject("message");
        for (JsonNode chunk : data(answer.body().replace("data: [DONE]", ""))) {
            JsonNode part = chunk.path("choices").path(0);
            if (part.hasNonNull("finish_reason")) {
                choice.set("finish_reason", part.path("finish_reason"));
            }
            for (String name : List.of("content", "refusal", "reasoning_content")) {
                message.put(
                        name,
                        message.path(name).asText("")
                                + part.path("delta").path(name).asText(""));
            }
            for (JsonNode call : part.path("delta").path("tool_calls")) {
                if (call.has("id")) {
                    message.withArray("tool_calls").add(call);
                }
            }
        }
        return choice;
    }

    private static List<JsonNode> data(String stream) {
        List<JsonNode> data = new ArrayList<>();
        stream.lines()
                .filter(line -> line.startsWith("data: "))
                .forEach(line -> data.add(Json.parse(line.substring(6))));
        return data;
    }
}
