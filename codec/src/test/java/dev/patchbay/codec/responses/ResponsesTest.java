package dev.patchbay.codec.responses;

import static dev.patchbay.codec.Translate.json;
import static dev.patchbay.codec.Translate.responsesToChat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.Translate;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P1 to P5, where no vector looks. */
class ResponsesTest {

    private static final Quirks PLAIN = Quirks.none();

    @Test
    void readsMessagesOfEveryRoleInPlace() {
        assertThat(items("{'role':'user','content':'a'},{'type':'message','role':'developer','content':"
                        + "[{'type':'input_text','text':'rule'}]},{'type':'message','role':'user','content':"
                        + "[{'type':'input_text','text':'b'},{'type':'input_image','image_url':'https://x.example/i.png'}]},"
                        + "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'c'},"
                        + "{'type':'refusal','refusal':'d'}]}"))
                .isEqualTo(array("[{'role':'user','content':'a'},{'role':'system','content':'rule'},"
                        + "{'role':'user','content':[{'type':'text','text':'b'},{'type':'image_url','image_url':"
                        + "{'url':'https://x.example/i.png'}}]},{'role':'assistant','content':'c\\n\\nd'}]"));
    }

    @Test
    void readsFilesAsTheUpstreamTakesThem() {
        String file = "{'role':'user','content':[{'type':'input_file','filename':'a.pdf','file_data':"
                + "'data:application/pdf;base64,JVBE'}]}";

        assertThat(responsesToChat("{'model':'m','input':[" + file + "]}", PLAIN.with("pdf", "file"))
                        .path("messages")
                        .path(0)
                        .path("content"))
                .isEqualTo(array("[{'type':'file','file':{'filename':'a.pdf','file_data':"
                        + "'data:application/pdf;base64,JVBE'}}]"));
        assertThat(items(file).path(0).path("content").asText()).contains("a.pdf");
    }

    @Test
    void readsParameters() {
        ObjectNode body = responsesToChat(
                "{'model':'m','input':'x','max_output_tokens':9,'temperature':0.5,'top_p':0.9,'reasoning':"
                        + "{'effort':'minimal','summary':'auto'},'text':{'format':{'type':'json_schema','name':'n',"
                        + "'schema':{'type':'object'},'strict':true},'verbosity':'low'},'truncation':'auto',"
                        + "'service_tier':'auto','client_metadata':{},'metadata':{},'store':true}",
                PLAIN.with("reasoning", "reasoning_effort"));

        assertThat(body)
                .isEqualTo(json("{'model':'m','messages':[{'role':'user','content':'x'}],'max_tokens':9,"
                        + "'temperature':0.5,'top_p':0.9,'response_format':{'type':'json_schema','json_schema':"
                        + "{'name':'n','schema':{'type':'object'},'strict':true}},'reasoning_effort':'low'}"));
        assertThat(responsesToChat("{'input':'x','text':{'format':{'type':'json_object'}}}", PLAIN)
                        .path("response_format"))
                .isEqualTo(json("{'type':'json_object'}"));
        assertThat(responsesToChat("{'input':'x','text':{'format':{'type':'text'}}}", PLAIN)
                        .has("response_format"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'previous_response_id':'r','input':'x'",
                "'conversation':'c','input':'x'",
                "'prompt':{'id':'p'},'input':'x'",
                "'input':5",
                "'input':['x']",
                "'input':[{'type':'nonsense'}]",
                "'input':[{'type':'item_reference','id':'msg_1'}]",
                "'input':[{'id':'msg_1'}]",
                "'input':[{'role':'user','content':[{'type':'input_file','file_id':'file-1'}]}]",
                "'input':[{'role':'user','content':[{'type':'input_image','file_id':'file-1'}]}]"
            })
    void refusesWhatItCannotKnow(String members) {
        assertThatThrownBy(() -> ResponsesRequestReader.read(json("{" + members + "}")))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.status()).hasValue(400));
    }

    @Test
    void joinsTextBetweenACallAndItsOutputAndLetsTheUserWait() {
        assertThat(items("{'type':'function_call','call_id':'c1','name':'f','arguments':'{}'},"
                        + "{'role':'assistant','content':'note'},{'role':'user','content':'wait'},"
                        + "{'type':'function_call_output','call_id':'c1','output':[{'type':'input_text','text':'1'},"
                        + "{'type':'input_text','text':'2'}]}"))
                .isEqualTo(array("[{'role':'assistant','content':'note','tool_calls':[{'id':'c1','type':'function',"
                        + "'function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'c1',"
                        + "'content':'1\\n2'},{'role':'user','content':'wait'}]"));
    }

    @Test
    void doesNotWaitForAnOutputThatNeverComes() {
        assertThat(items("{'type':'function_call','call_id':'c1','name':'f','arguments':'{}'},"
                                + "{'role':'user','content':'stop'},{'role':'assistant','content':'ok'}")
                        .findValuesAsText("role"))
                .containsExactly("assistant", "tool", "user", "assistant");
    }

    @Test
    void keepsAlternatingCallsApart() {
        assertThat(items("{'type':'function_call','call_id':'c1','name':'f','arguments':'{}'},"
                                + "{'type':'function_call_output','call_id':'c1','output':'1'},"
                                + "{'type':'function_call','call_id':'c2','name':'f','arguments':'{}'},"
                                + "{'type':'function_call_output','call_id':'c2','output':''}")
                        .findValuesAsText("role"))
                .containsExactly("assistant", "tool", "assistant", "tool");
    }

    @Test
    void replaysReasoningWhereTheUpstreamWantsIt() {
        String input = "{'type':'reasoning','summary':[{'type':'summary_text','text':'why'}],"
                + "'encrypted_content':'zz'},{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'c','output':'r'}";
        JsonNode replayed = responsesToChat(
                        "{'model':'m','input':[" + input + "]}", PLAIN.with("reasoningReplay", "tool_turns"))
                .path("messages");

        assertThat(replayed.path(0).path("reasoning_content").asText()).isEqualTo("why");
        assertThat(Json.text(items(input))).doesNotContain("why").doesNotContain("zz");
    }

    @Test
    void flattensNamespacesAndSplitsThemAgain() {
        String request = "{'model':'m','input':[{'type':'function_call','call_id':'c','namespace':'mcp','name':'read',"
                + "'arguments':'{}'},{'type':'function_call_output','call_id':'c','output':'r'}],'tools':["
                + "{'type':'namespace','name':'mcp','tools':[{'type':'function','name':'read'}]}],"
                + "'tool_choice':{'type':'function','namespace':'mcp','name':'read'},'parallel_tool_calls':false}";
        ObjectNode chat = responsesToChat(request, PLAIN);

        assertThat(chat.path("tools").path(0).path("function").path("name").asText())
                .isEqualTo("mcp__read");
        assertThat(chat.path("tool_choice").path("function").path("name").asText())
                .isEqualTo("mcp__read");
        assertThat(chat.path("messages").findValuesAsText("name")).containsExactly("mcp__read");
        assertThat(chat.path("parallel_tool_calls").asBoolean(true)).isFalse();

        JsonNode item = answered(
                        request, "{'tool_calls':[{'id':'x','function':{'name':'mcp__read','arguments':'{}'}}]}")
                .path("output")
                .path(0);
        assertThat(item.path("namespace").asText()).isEqualTo("mcp");
        assertThat(item.path("name").asText()).isEqualTo("read");
    }

    @Test
    void turnsFreeFormCallsBack() {
        JsonNode item = answered(
                        "{'input':'x','tools':[{'type':'custom','name':'patch'}]}",
                        "{'tool_calls':[{'id':'x','function':{'name':'patch','arguments':'{\\\"input\\\":\\\"*** Begin\\\"}'}}]}")
                .path("output")
                .path(0);

        assertThat(item.path("type").asText()).isEqualTo("custom_tool_call");
        assertThat(item.path("input").asText()).isEqualTo("*** Begin");
        assertThat(item.path("call_id").asText()).isEqualTo("x");
    }

    @Test
    void givesArgumentsThatAreNoObjectAsTheModelSentThem() {
        JsonNode output = answered(
                        "{'input':'x','tools':[{'type':'custom','name':'patch'},{'type':'function','name':'f'}]}",
                        "{'tool_calls':[{'id':'x','function':{'name':'patch','arguments':'*** Begin'}},"
                                + "{'id':'y','function':{'name':'f','arguments':'{\\\"a\\\":'}}]}")
                .path("output");

        assertThat(output.path(0).path("input").asText()).isEqualTo("*** Begin");
        assertThat(output.path(1).path("arguments").asText()).isEqualTo("{\"a\":");
    }

    @ParameterizedTest
    @CsvSource({
        "length, incomplete, max_output_tokens",
        "content_filter, incomplete, content_filter",
        "stop, completed, ",
        "eos, completed, "
    })
    void saysWhetherTheAnswerIsComplete(String finish, String status, String reason) {
        ObjectNode response = answered("{'input':'x'}", "{'content':'hi'}", finish);

        assertThat(response.path("status").asText()).isEqualTo(status);
        assertThat(response.path("incomplete_details").path("reason").asText(""))
                .isEqualTo(reason == null ? "" : reason);
        assertThat(response.path("error").isNull()).isTrue();
        assertThat(response.path("usage").has("input_tokens_details")).isTrue();
        assertThat(response.path("usage").has("output_tokens_details")).isTrue();
    }

    /** P4: each count of the details is required, also that of what went to a cache. */
    @Test
    void countsWhatWentToACache() {
        List<JsonNode> events = stream(
                ChatEvent.started(),
                ChatEvent.finishing(
                        StopReason.END_TURN,
                        Usage.builder()
                                .inputTokens(20)
                                .cacheReadTokens(60)
                                .cacheCreationTokens(15)
                                .outputTokens(5)
                                .build()),
                ChatEvent.stopped());

        assertThat(events.get(events.size() - 1).path("response").path("usage"))
                .isEqualTo(
                        json(
                                "{'input_tokens':95,'input_tokens_details':{'cached_tokens':60,'cache_write_tokens':15},"
                                        + "'output_tokens':5,'output_tokens_details':{'reasoning_tokens':0},'total_tokens':100}"));
    }

    /** Readers that put a call together from its pieces take none for no JSON at all. */
    @Test
    void streamsArgumentsThatAreNone() {
        List<JsonNode> events = stream(
                ChatEvent.started(),
                ChatEvent.blockStarted(0, ContentBlock.toolUse("c", "f", Map.of())),
                ChatEvent.blockStopped(0),
                ChatEvent.finishing(StopReason.TOOL_USE, Usage.unknown()),
                ChatEvent.stopped());

        assertThat(events.stream()
                        .filter(event -> event.path("type").asText().endsWith("arguments.delta"))
                        .map(event -> event.path("delta").asText())
                        .reduce("", String::concat))
                .isEqualTo("{}");
        assertThat(events.toString()).contains("\"arguments\":\"{}\"");
    }

    @Test
    void composesWithMessagesUpstreams() {
        ObjectNode body = Translate.reread(new MessagesDialect()
                .encode(
                        ResponsesRequestReader.read(json(
                                        "{'model':'m','instructions':'i','input':[{'role':'developer','content':'d'},"
                                                + "{'role':'user','content':'q'}],'reasoning':{'effort':'none'}}"))
                                .request(),
                        PLAIN));

        assertThat(body)
                .isEqualTo(json("{'model':'m','max_tokens':8192,'system':'i\\n\\nd','messages':[{'role':'user',"
                        + "'content':'q'}],'thinking':{'type':'disabled'}}"));
    }

    @Test
    void streamsWhatOneItemTakes() {
        List<JsonNode> events = stream(
                ChatEvent.started(),
                ChatEvent.blockStarted(0, ContentBlock.thinking("", "")),
                ChatEvent.thinkingDelta(0, "R"),
                ChatEvent.blockStopped(0),
                ChatEvent.blockStarted(1, ContentBlock.text("")),
                ChatEvent.textDelta(1, "T"),
                ChatEvent.blockStopped(1),
                ChatEvent.blockStarted(2, ContentBlock.toolUse("c", "f", Map.of())),
                ChatEvent.inputDelta(2, "{}"),
                ChatEvent.blockStopped(2),
                ChatEvent.blockStarted(3, ContentBlock.toolUse("d", "patch", Map.of())),
                ChatEvent.inputDelta(3, "{\"input\":\"text\"}"),
                ChatEvent.blockStopped(3),
                ChatEvent.finishing(StopReason.TOOL_USE, Usage.unknown()),
                ChatEvent.stopped());

        assertThat(events.stream().map(event -> event.path("type").asText().replaceFirst("response.", "")))
                .containsExactly(
                        "created",
                        "output_item.added",
                        "reasoning_summary_part.added",
                        "reasoning_summary_text.delta",
                        "reasoning_summary_text.done",
                        "reasoning_summary_part.done",
                        "output_item.done",
                        "output_item.added",
                        "content_part.added",
                        "output_text.delta",
                        "output_text.done",
                        "content_part.done",
                        "output_item.done",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "function_call_arguments.done",
                        "output_item.done",
                        "output_item.added",
                        "custom_tool_call_input.delta",
                        "custom_tool_call_input.done",
                        "output_item.done",
                        "completed");
        assertThat(events)
                .extracting(event -> event.path("sequence_number").asInt())
                .isSorted();
        JsonNode response = events.get(events.size() - 1).path("response");
        assertThat(response.path("id")).isEqualTo(events.get(0).path("response").path("id"));
        assertThat(response.path("output")).hasSize(4);
        assertThat(events.get(9).path("logprobs").isArray()).isTrue();
        assertThat(events.get(10).path("logprobs").isArray()).isTrue();
        assertThat(events.get(9).path("item_id"))
                .isEqualTo(response.path("output").path(1).path("id"));
        assertThat(events.get(9).path("output_index").asInt()).isEqualTo(1);
    }

    @Test
    void saysOfItsRequestWhatReadersTakeForGranted() {
        ObjectNode response = answered(
                "{'input':'x','instructions':'i','temperature':0.5,'parallel_tool_calls':false,'tools':"
                        + "[{'type':'function','name':'f'}],'tool_choice':'required','metadata':{'k':'v'}}",
                "{'content':'a'}");

        assertThat(response.path("instructions").asText()).isEqualTo("i");
        assertThat(response.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(response.path("parallel_tool_calls").asBoolean(true)).isFalse();
        assertThat(response.path("tools")).hasSize(1);
        assertThat(response.path("tool_choice").asText()).isEqualTo("required");
        assertThat(response.path("metadata").path("k").asText()).isEqualTo("v");
        ObjectNode plain = answered("{'input':'x'}", "{'content':'a'}");
        assertThat(plain.properties().stream().map(Map.Entry::getKey))
                .contains("instructions", "temperature", "top_p", "metadata", "error", "incomplete_details");
        assertThat(plain.path("tools").isArray()).isTrue();
        assertThat(plain.path("tool_choice").asText()).isEqualTo("auto");
        assertThat(plain.path("parallel_tool_calls").asBoolean()).isTrue();
    }

    @Test
    void tellsTheWebPagesThatATextCites() {
        List<JsonNode> events = stream(
                ChatEvent.started(),
                ChatEvent.textStarted(0),
                ChatEvent.textDelta(0, "It is warm."),
                ChatEvent.citationDelta(
                        0,
                        Map.of("type", "web_search_result_location", "url", "https://w.example", "title", "Weather")),
                ChatEvent.citationDelta(0, Map.of("type", "char_location", "cited_text", "warm")),
                ChatEvent.blockStopped(0),
                ChatEvent.finishing(StopReason.END_TURN, Usage.unknown()),
                ChatEvent.stopped());

        JsonNode added = events.get(4);
        assertThat(added.path("type").asText()).isEqualTo("response.output_text.annotation.added");
        assertThat(added.path("annotation_index").asInt()).isZero();
        assertThat(added.path("annotation").path("url").asText()).isEqualTo("https://w.example");
        JsonNode annotations = events.get(events.size() - 1)
                .path("response")
                .path("output")
                .path(0)
                .path("content")
                .path(0)
                .path("annotations");
        assertThat(annotations).hasSize(1);
        assertThat(annotations.path(0)).isEqualTo(added.path("annotation"));
        assertThat(annotations.path(0).path("end_index").asInt()).isEqualTo(11);
    }

    @Test
    void givesWhatHadComeOfAnAnswerThatBroke() {
        ResponsesStreamEncoder encoder = new ResponsesStreamEncoder(patching(), item -> {});
        encoder.encode(ChatEvent.started());
        encoder.encode(ChatEvent.blockStarted(0, ContentBlock.text("")));
        encoder.encode(ChatEvent.textDelta(0, "Ro"));
        List<JsonNode> sent = data(encoder.fail(
                ProviderException.builder(Kind.SERVER, "boom").status(502).build()));

        JsonNode failed = sent.get(0);
        assertThat(failed.path("type").asText()).isEqualTo("response.failed");
        JsonNode item = failed.path("response").path("output").path(0);
        assertThat(item.path("status").asText()).isEqualTo("incomplete");
        assertThat(item.path("content").path(0).path("text").asText()).isEqualTo("Ro");
        JsonNode error = sent.get(1);
        assertThat(error.path("type").asText()).isEqualTo("error");
        assertThat(error.path("sequence_number").asInt())
                .isEqualTo(failed.path("sequence_number").asInt() + 1);
        assertThat(error.path("error").path("message").asText()).isEqualTo("boom");
        assertThat(error.path("error").path("code").asText()).isEqualTo("server_error");
        assertThat(error.path("error").has("param")).isTrue();
        assertThat(error.path("message").asText()).isEqualTo("boom");
        assertThat(error.path("code").asText()).isEqualTo("server_error");
        assertThat(error.has("param")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CONTEXT_LENGTH, context_length_exceeded",
        "QUOTA, insufficient_quota",
        "RATE_LIMIT, rate_limit_exceeded",
        "SERVER, server_error"
    })
    void namesTheFailure(Kind kind, String code) {
        String sent = new ResponsesStreamEncoder(patching(), item -> {})
                .fail(ProviderException.builder(kind, "m")
                        .retryAfter(Duration.ofSeconds(7))
                        .build());

        JsonNode error = data(sent).get(1).path("response").path("error");
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("message").asText())
                .isEqualTo(kind == Kind.RATE_LIMIT ? "m Please try again in 7s." : "m");
    }

    /** P4: what was cut last is the item that is not whole; those before it are. */
    @ParameterizedTest
    @CsvSource({"max_tokens", "refusal", "model_context_window_exceeded"})
    void callsTheItemIncompleteThatWasCut(String reason) {
        List<JsonNode> sent = stream(
                ChatEvent.started(),
                ChatEvent.blockStarted(0, ContentBlock.thinking("", "")),
                ChatEvent.thinkingDelta(0, "Hm"),
                ChatEvent.blockStopped(0),
                ChatEvent.blockStarted(1, ContentBlock.text("")),
                ChatEvent.textDelta(1, "Ro"),
                ChatEvent.blockStopped(1),
                ChatEvent.finishing(new StopReason(reason), Usage.unknown()),
                ChatEvent.stopped());

        JsonNode output = sent.get(sent.size() - 1).path("response").path("output");
        assertThat(output.path(0).path("status").asText()).isEqualTo("completed");
        assertThat(output.path(1).path("status").asText()).isEqualTo("incomplete");
        assertThat(sent.stream()
                        .filter(event -> event.path("type").asText().equals("response.output_item.done"))
                        .map(event -> event.path("item").path("status").asText()))
                .containsExactly("completed", "incomplete");
    }

    @Test
    void callsTheItemIncompleteThatWasCutInAWholeAnswer() {
        ObjectNode response = answered("{'input':'x'}", "{'reasoning':'Hm','content':'Ro'}", "length");

        JsonNode output = response.path("output");
        assertThat(output.path(0).path("status").asText()).isEqualTo("completed");
        assertThat(output.path(1).path("status").asText()).isEqualTo("incomplete");
    }

    private static List<JsonNode> stream(ChatEvent... events) {
        ResponsesStreamEncoder encoder = new ResponsesStreamEncoder(patching(), item -> {});
        StringBuilder sent = new StringBuilder();
        for (ChatEvent event : events) {
            sent.append(encoder.encode(event));
        }
        return data(sent.toString());
    }

    private static ResponsesRequest patching() {
        return ResponsesRequestReader.read(json("{'input':'x','tools':[{'type':'custom','name':'patch'}]}"));
    }

    private static List<JsonNode> data(String sent) {
        List<JsonNode> data = new ArrayList<>();
        for (String event : sent.split("\n\n")) {
            data.add(Json.parse(event.substring(event.indexOf("data: ") + 6)));
        }
        return data;
    }

    private static ObjectNode answered(String request, String message) {
        return answered(request, message, "stop");
    }

    private static ObjectNode answered(String request, String message, String finish) {
        ResponsesRequest client = ResponsesRequestReader.read(json(request));
        AnswerCollector answer = new AnswerCollector();
        new ChatDialect()
                .decode(
                        client.request(),
                        PLAIN,
                        json("{'choices':[{'message':" + message + ",'finish_reason':'" + finish + "'}]}"),
                        answer);
        return ResponsesResponseWriter.write(answer, client, item -> {});
    }

    private static JsonNode items(String items) {
        return responsesToChat("{'model':'m','input':[" + items + "]}", PLAIN).path("messages");
    }

    private static JsonNode array(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
