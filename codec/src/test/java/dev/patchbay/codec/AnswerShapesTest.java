package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.chat.ChatResponseWriter;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.responses.ResponsesDialect;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.codec.responses.ResponsesResponseWriter;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Tool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers whose members have other types and places than the vendors document, whole and streamed, of all dialects. */
class AnswerShapesTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("m").tool(Tool.of("find", "", Map.of())).build();

    private static final String START = "{'type':'message_start','message':{'usage':{'input_tokens':9}}}";
    private static final String END = "{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{}}";

    /** A list, one alone, without the level of the function, as a part of the content (R4, R5). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'tool_calls':[{'id':'c','function':{'name':'find','arguments':'{\\'p\\':1}'}}]",
                "'tool_calls':{'id':'c','function':{'name':'find','arguments':{'p':1}}}",
                "'tool_calls':[{'id':'c','name':'find','arguments':'{\\'p\\':1}'}]",
                "'tool_calls':[],'content':[{'type':'tool_use','id':'c','name':'find','input':{'p':1}}]"
            })
    void findsTheCallWhereverItStands(String member) {
        String said = member.replace("\\'", "\\\"");
        for (JsonNode content : chat(said)) {
            assertThat(content).hasSize(1);
            assertThat(content.path(0).path("id").asText()).isEqualTo("c");
            assertThat(content.path(0).path("name").asText()).isEqualTo("find");
            assertThat(content.path(0).path("input").toString()).isEqualTo("{\"p\":1}");
        }
    }

    /** Databricks' parts of reasoning; a part that stands alone; an image among the parts (R2, R3). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'type':'reasoning','summary':[{'type':'summary_text','text':'hm'}]},{'type':'text','text':'a'}] | hm | a",
                "[{'type':'reasoning','reasoning':'hm'},{'type':'text','text':'a'}] | hm | a",
                "{'type':'text','text':'a'} | | a",
                "[{'type':'text','text':'a'},{'type':'image_url','image_url':{'url':'data:image/png;base64,AA'}}] | | a[image omitted]"
            })
    void readsContentOfAnyShape(String content, String thinking, String text) {
        for (JsonNode read : chat("'content':" + content)) {
            assertThat(String.join("", read.findValuesAsText("thinking")))
                    .isEqualTo(thinking == null ? "" : thinking.strip());
            assertThat(String.join("", read.findValuesAsText("text"))).isEqualTo(text);
        }
    }

    /** R1: text and calls of one answer in choices of their own, as Copilot gives those of Claude (ericc-ch/copilot-api). */
    @Test
    void findsCallsInAChoiceOfTheirOwn() {
        AnswerCollector whole = new AnswerCollector();
        new ChatDialect()
                .decode(
                        REQUEST,
                        Quirks.none(),
                        Translate.json("{'choices':[{'message':{'content':'a'},'finish_reason':'tool_calls'},"
                                + "{'message':{'tool_calls':[{'id':'c','function':{'name':'find','arguments':'{}'}}]},"
                                + "'finish_reason':'tool_calls'}]}"),
                        whole);

        assertThat(content(whole).findValuesAsText("type")).containsExactly("text", "tool_use");
    }

    /** R1 and S2: where several were made, the one with index 0, wherever it stands. */
    @Test
    void takesTheFirstOfSeveralChoicesByItsIndex() {
        AnswerCollector whole = new AnswerCollector();
        new ChatDialect()
                .decode(
                        REQUEST,
                        Quirks.none(),
                        Translate.json("{'choices':[{'index':1,'message':{'content':'b'},'finish_reason':'stop'},"
                                + "{'index':0,'message':{'content':'a'},'finish_reason':'stop'}]}"),
                        whole);

        assertThat(content(whole).findValuesAsText("text")).containsExactly("a");
    }

    /** R8 and S10: counts as text are counts, and a count does not fall back to 0. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'prompt_tokens':'10','completion_tokens':'2'}",
                "{'prompt_tokens':10.0,'completion_tokens':2.0}",
                "{'input_tokens':10,'output_tokens':2}"
            })
    void countsTokensInAnyForm(String usage) {
        AnswerCollector chat = streamed(
                new ChatDialect(),
                "{'choices':[{'delta':{'content':'a'},'finish_reason':'stop'}],'usage':" + usage + "}",
                "{'choices':[],'usage':{'prompt_tokens':0,'completion_tokens':0}}");
        AnswerCollector responses = streamed(
                new ResponsesDialect(),
                "{'type':'response.completed','response':{'status':'completed','output':[],'usage':" + usage + "}}");

        for (AnswerCollector answer : List.of(chat, responses)) {
            assertThat(answer.usage().inputTokens()).hasValue(10);
            assertThat(answer.usage().outputTokens()).hasValue(2);
        }
    }

    /** VS2: a last count of 0, as some write it behind the real one of the start. */
    @Test
    void keepsTheInputThatTheStartCounted() {
        AnswerCollector answer = streamed(
                new MessagesDialect(),
                START,
                "{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'input_tokens':0,'output_tokens':4}}",
                "{'type':'message_stop'}");

        assertThat(answer.usage().inputTokens()).hasValue(9);
        assertThat(answer.usage().outputTokens()).hasValue(4);
    }

    /** S5: a piece with an id of its own, but without a name, goes on with the call of its index. */
    @Test
    void takesAPieceWithAnotherIdForOneOfTheCallAtItsIndex() {
        AnswerCollector answer = streamed(
                new ChatDialect(),
                piece("'index':0,'id':'a','function':{'name':'find','arguments':'{'}"),
                piece("'index':0,'id':'b','function':{'name':'','arguments':'}'}"),
                "{'choices':[{'delta':{},'finish_reason':'tool_calls'}]}");

        assertThat(content(answer)).hasSize(1);
        assertThat(content(answer).path(0).path("input").toString()).isEqualTo("{}");
    }

    /** litellm#32357: thinking in a block that began as text. */
    @Test
    void givesThinkingInABlockOfTextABlockOfItsOwn() {
        AnswerCollector answer = streamed(
                new MessagesDialect(),
                START,
                block(0, "{'type':'text','text':''}"),
                delta(0, "{'type':'thinking_delta','thinking':'hm'}"),
                delta(0, "{'type':'text_delta','text':'a'}"),
                END);

        assertThat(content(answer).findValuesAsText("thinking")).containsExactly("hm");
        assertThat(content(answer).findValuesAsText("text")).containsExactly("a");
    }

    /** S7: calls whose pieces take turns each keep their own, in the order in which they began. */
    @Test
    void keepsApartCallsOfMessagesThatInterleave() {
        AnswerCollector answer = streamed(
                new MessagesDialect(),
                START,
                block(0, "{'type':'tool_use','id':'a','name':'find','input':{}}"),
                block(1, "{'type':'tool_use','id':'b','name':'find','input':{}}"),
                block(2, "{'type':'text','text':'x'}"),
                delta(1, "{'type':'input_json_delta','partial_json':{'p':2}}"),
                delta(0, "{'type':'input_json_delta','partial_json':'{'}"),
                delta(0, "{'type':'input_json_delta','partial_json':'}'}"),
                END);

        assertThat(content(answer).findValuesAsText("id")).containsExactly("a", "b");
        assertThat(content(answer).path(0).path("input").toString()).isEqualTo("{}");
        assertThat(content(answer).path(1).path("input").toString()).isEqualTo("{\"p\":2}");
        assertThat(content(answer).path(2).path("text").asText()).isEqualTo("x");
    }

    /** R5: servers that speak Messages beside chat give ids as freely. */
    @Test
    void givesEachCallOfMessagesAnIdOfItsOwn() {
        String call = "{'type':'tool_use','id':'t','name':'find','input':{'p':1}}";
        AnswerCollector whole = new AnswerCollector();
        new MessagesDialect()
                .decode(REQUEST, Quirks.none(), Translate.json("{'content':[" + call + "," + call + "]}"), whole);
        AnswerCollector streamed = streamed(new MessagesDialect(), START, block(0, call), block(1, call), END);

        for (AnswerCollector answer : List.of(whole, streamed)) {
            assertThat(content(answer).findValuesAsText("id"))
                    .hasSize(2)
                    .doesNotHaveDuplicates()
                    .contains("t");
        }
    }

    @Test
    void takesContentOfNullForNoneWhereTheAnswerHasEnded() {
        AnswerCollector answer = new AnswerCollector();
        new MessagesDialect()
                .decode(
                        REQUEST,
                        Quirks.none(),
                        Translate.json("{'type':'message','content':null,'stop_reason':'end_turn'}"),
                        answer);

        assertThat(content(answer)).isEmpty();
    }

    /** Models that speak, asked for a text. */
    @Test
    void readsWhatWasSpoken() {
        for (JsonNode content : chat("'content':null,'audio':{'id':'a','data':'AA','transcript':'spoken'}")) {
            assertThat(content.findValuesAsText("text")).containsExactly("spoken");
        }
    }

    @Test
    void readsContentThatIsOneText() {
        AnswerCollector messages = new AnswerCollector();
        new MessagesDialect()
                .decode(
                        REQUEST,
                        Quirks.none(),
                        Translate.json("{'type':'message','content':'a','stop_reason':'end_turn'}"),
                        messages);
        AnswerCollector responses = new AnswerCollector();
        new ResponsesDialect()
                .decode(
                        REQUEST,
                        Quirks.none(),
                        Translate.json("{'status':'completed','output':[{'type':'message','content':'a'}]}"),
                        responses);

        assertThat(content(messages).findValuesAsText("text")).containsExactly("a");
        assertThat(content(responses).findValuesAsText("text")).containsExactly("a");
    }

    /** S11 for whole answers and for every dialect: where nothing says why it ended, a cut call is no call. */
    @Test
    void takesACutCallForABrokenAnswerWhereNoReasonIsGiven() {
        String call = "{'id':'c','function':{'name':'find','arguments':'{\\\"p'}}";
        assertThatThrownBy(() -> new ChatDialect()
                        .decode(
                                REQUEST,
                                Quirks.none(),
                                Translate.json("{'choices':[{'message':{'tool_calls':[" + call + "]}}]}"),
                                new AnswerCollector()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("inside the arguments");

        String item = "{'type':'function_call','call_id':'c','name':'find','arguments':'{\\\"p'}";
        assertThatThrownBy(() -> new ResponsesDialect()
                        .decode(
                                REQUEST,
                                Quirks.none(),
                                Translate.json("{'output':[" + item + "]}"),
                                new AnswerCollector()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("inside the arguments");
        assertThatThrownBy(() -> streamed(
                        new ResponsesDialect(), "{'type':'response.completed','response':{'output':[" + item + "]}}"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("inside the arguments");

        assertThatThrownBy(() -> streamed(
                        new MessagesDialect(),
                        START,
                        block(0, "{'type':'tool_use','id':'a','name':'find','input':{}}"),
                        delta(0, "{'type':'input_json_delta','partial_json':'{'}"),
                        "{'type':'message_stop'}"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("inside the arguments");
    }

    /** R4, VR1, P4: only Anthropic's dialect has to have an object; elsewhere arguments are the text that the model wrote. */
    @Test
    void givesACutCallToClientsOfOpenAiAsItCame() {
        AnswerCollector cut = new AnswerCollector();
        new ChatDialect()
                .decode(
                        REQUEST,
                        Quirks.none(),
                        Translate.json("{'choices':[{'message':{'tool_calls':[{'id':'c','function':{'name':'find',"
                                + "'arguments':'{\\\"p\\\":\\\"ab'}}]},'finish_reason':'length'}]}"),
                        cut);

        assertThat(ChatResponseWriter.write(cut, "m").at("/choices/0/message/tool_calls/0/function/arguments"))
                .isEqualTo(Json.parse("\"{\\\"p\\\":\\\"ab\""));
        assertThat(content(cut).path(0).path("input"))
                .isEqualTo(Json.parse("{\"_raw_arguments\":\"{\\\"p\\\":\\\"ab\"}"));
        ResponsesRequest asked = ResponsesRequestReader.read(Translate.json("{'input':'q'}"));
        JsonNode item = ResponsesResponseWriter.write(cut, asked, kept -> {})
                .path("output")
                .path(0);
        assertThat(item.path("arguments").asText()).isEqualTo("{\"p\":\"ab");
        assertThat(item.path("status").asText()).isEqualTo("incomplete");
    }

    /** R4: a call of a tool of free text is one, whoever declared it: elsewhere that text is the one argument. */
    @Test
    void keepsACallOfFreeTextThatNobodyDeclared() {
        String call = "'id':'c','type':'custom','custom':{'name':'run','input':'";
        List<JsonNode> calls = new ArrayList<>(chat("'tool_calls':[{" + call + "ls \\\"a\\\"'}}]"));
        calls.add(content(streamed(
                new ChatDialect(),
                piece("'index':0," + call + "'}"),
                piece("'index':0,'custom':{'input':'ls '}"),
                piece("'index':0,'custom':{'input':'\\\"a\\\"'}"),
                "{'choices':[{'delta':{},'finish_reason':'tool_calls'}]}")));
        String item = "{'type':'custom_tool_call','id':'i','call_id':'c','name':'run','input':'";
        String whole = item + "ls \\\"a\\\"'}";
        String ended = "{'type':'response.completed','response':{'status':'completed','output':[" + whole + "]}}";
        AnswerCollector responses = new AnswerCollector();
        new ResponsesDialect()
                .decode(
                        REQUEST,
                        Quirks.none(),
                        Translate.json("{'status':'completed','output':[" + whole + "]}"),
                        responses);
        calls.add(content(responses));
        calls.add(content(streamed(new ResponsesDialect(), ended)));
        calls.add(content(streamed(
                new ResponsesDialect(),
                "{'type':'response.output_item.added','output_index':0,'item':" + item + "'}}",
                "{'type':'response.custom_tool_call_input.delta','output_index':0,'item_id':'i','delta':'ls '}",
                "{'type':'response.custom_tool_call_input.delta','output_index':0,'item_id':'i','delta':'\\\"a\\\"'}",
                "{'type':'response.custom_tool_call_input.done','output_index':0,'item_id':'i','input':'ls \\\"a\\\"'}",
                "{'type':'response.output_item.done','output_index':0,'item':" + whole + "}",
                ended)));

        for (JsonNode content : calls) {
            assertThat(content)
                    .isEqualTo(Json.parse("[{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"run\","
                            + "\"input\":{\"input\":\"ls \\\"a\\\"\"}}]"));
        }
    }

    /** R4: the arguments of such a call are whole, be there any text or not, and other calls stay calls of their own. */
    @Test
    void tellsCallsOfFreeTextAndOthersApart() {
        AnswerCollector chat = streamed(
                new ChatDialect(),
                piece("'index':0,'id':'a','type':'custom','custom':{'name':'run','input':''}"),
                piece("'index':1,'id':'b','type':'function','function':{'name':'find','arguments':'{}'}"),
                piece("'index':0,'custom':{'input':'ls'}"),
                piece("'index':2,'id':'d','type':'custom','custom':{'name':'run','input':''}"),
                "{'choices':[{'delta':{},'finish_reason':'tool_calls'}]}");
        AnswerCollector responses = streamed(
                new ResponsesDialect(),
                "{'type':'response.completed','response':{'status':'completed','output':["
                        + "{'type':'custom_tool_call','id':'i','call_id':'a','name':'run','input':'ls'},"
                        + "{'type':'function_call','id':'j','call_id':'b','name':'find','arguments':'{}'},"
                        + "{'type':'custom_tool_call','id':'k','call_id':'d','name':'run','input':''}]}}");

        for (AnswerCollector answer : List.of(chat, responses)) {
            assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
            assertThat(content(answer).findValuesAsText("id")).containsExactly("a", "b", "d");
            assertThat(content(answer).findValues("input").toString())
                    .isEqualTo("[{\"input\":\"ls\"}, {}, {\"input\":\"\"}]");
            JsonNode asked = ChatResponseWriter.write(answer, "m").at("/choices/0/message/tool_calls/0/function");
            assertThat(asked.path("arguments").asText()).isEqualTo("{\"input\":\"ls\"}");
        }
    }

    /** litellm#22102, codex#12798: pieces that name no item are of one, and the end repeats it and adds what came there alone. */
    @Test
    void takesPiecesThatNameNoItemForOne() {
        String said = "{'type':'message','id':'m','content':[{'type':'output_text','text':'I will'}]}";
        String call = "{'type':'function_call','id':'f','call_id':'c','name':'find','arguments':'{}'}";
        String thought = "{'type':'reasoning','id':'r','summary':[{'type':'summary_text','text':'hm'}]}";
        for (String output : List.of(said + "," + call, thought + "," + said + "," + call)) {
            AnswerCollector answer = streamed(
                    new ResponsesDialect(),
                    "{'type':'response.output_text.delta','delta':'I '}",
                    "{'type':'response.output_text.delta','delta':'will'}",
                    "{'type':'response.completed','response':{'status':'completed','output':[" + output + "]}}");

            assertThat(content(answer).findValuesAsText("text")).containsExactly("I will");
            assertThat(content(answer).findValuesAsText("id")).containsExactly("c");
        }
    }

    /** vllm#56285: what the end repeats under other ids, and without the thinking, is the same. */
    @Test
    void takesCallsOfOtherIdsAtTheEndForTheSame() {
        AnswerCollector answer = streamed(
                new ResponsesDialect(),
                "{'type':'response.reasoning_text.delta','output_index':0,'item_id':'a','delta':'hm'}",
                "{'type':'response.output_item.done','output_index':1,'item':{'type':'function_call','id':'b',"
                        + "'call_id':'c','name':'find','arguments':'{}'}}",
                "{'type':'response.completed','response':{'status':'completed','output':[{'type':'function_call',"
                        + "'id':'x','call_id':'y','name':'find','arguments':'{}'}]}}");

        assertThat(content(answer).findValuesAsText("type")).containsExactly("thinking", "tool_use");
        assertThat(content(answer).findValuesAsText("id")).containsExactly("c");
    }

    /** pensarai/apex#534: a proof in pieces is one; it is told once, whole, as {@link ChatEvent.SignatureDelta} says. */
    @Test
    void joinsAProofThatComesInPieces() {
        for (String end : List.of("BB", "AABB")) {
            AnswerCollector answer = streamed(
                    new MessagesDialect(),
                    START,
                    block(0, "{'type':'thinking','thinking':''}"),
                    delta(0, "{'type':'thinking_delta','thinking':'hm'}"),
                    delta(0, "{'type':'signature_delta','signature':'AA'}"),
                    delta(0, "{'type':'signature_delta','signature':'" + end + "'}"),
                    "{'type':'content_block_stop','index':0}",
                    END);

            assertThat(content(answer).findValuesAsText("signature")).containsExactly("AABB");
        }
    }

    /** S12: an error that a proxy writes into the stream as it is, on one line or on many. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"too busy\",\"code\":429}}",
                "{\n  \"error\": {\n    \"message\": \"too busy\",\n    \"code\": 429\n  }\n}"
            })
    void readsAnErrorWithoutTheNameOfAField(String error) {
        for (WireDialect dialect : Dialects.ALL) {
            StreamDecoder decoder = dialect.streamDecoder(REQUEST, Quirks.none(), new AnswerCollector());
            byte[] bytes = (error + "\n\n").getBytes(StandardCharsets.UTF_8);

            assertThatThrownBy(() -> decoder.feed(bytes, 0, bytes.length))
                    .isInstanceOfSatisfying(
                            ProviderException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ProviderException.Kind.RATE_LIMIT))
                    .hasMessageContaining("too busy");
        }
    }

    /** S1: a value that is printed over many lines, of which only the first names the field. */
    @Test
    void readsAValueThatGoesOnOverLinesWithoutTheNameOfTheField() {
        AnswerCollector answer = new AnswerCollector();
        StreamDecoder decoder = new ChatDialect().streamDecoder(REQUEST, Quirks.none(), answer);
        for (String line :
                ("data: {\n  \"choices\": [\n    {\"delta\": {\"content\": \"a\"}, \"finish_reason\": \"stop\"}"
                                + "\n  ]\n}\nid: 7\n\ndata: [DONE]\n")
                        .split("\n", -1)) {
            decoder.line(line);
        }

        assertThat(decoder.isDone()).isTrue();
        assertThat(content(answer).findValuesAsText("text")).containsExactly("a");
    }

    @Test
    void showsWhatAnEventSaidThatIsNoJson() {
        StreamDecoder decoder = new ChatDialect().streamDecoder(REQUEST, Quirks.none(), new AnswerCollector());

        assertThatThrownBy(() -> decoder.line("data: upstream connect error\n\n"))
                .hasMessageContaining("upstream connect error");
    }

    private static List<JsonNode> chat(String member) {
        AnswerCollector streamed =
                streamed(new ChatDialect(), "{'choices':[{'delta':{" + member + "},'finish_reason':'stop'}]}");
        AnswerCollector whole = new AnswerCollector();
        new ChatDialect()
                .decode(
                        REQUEST,
                        Quirks.none(),
                        Translate.json("{'choices':[{'message':{" + member + "},'finish_reason':'stop'}]}"),
                        whole);
        return List.of(content(streamed), content(whole));
    }

    private static AnswerCollector streamed(WireDialect dialect, String... events) {
        AnswerCollector answer = new AnswerCollector();
        StreamDecoder decoder = dialect.streamDecoder(REQUEST, Quirks.none(), answer);
        for (String event : events) {
            decoder.line("data: " + event.replace('\'', '"'));
            decoder.line("");
        }
        if (!decoder.isDone()) {
            decoder.end(true);
        }
        return answer;
    }

    private static String piece(String call) {
        return "{'choices':[{'delta':{'tool_calls':[{" + call + "}]}}]}";
    }

    private static String block(int index, String block) {
        return "{'type':'content_block_start','index':" + index + ",'content_block':" + block + "}";
    }

    private static String delta(int index, String delta) {
        return "{'type':'content_block_delta','index':" + index + ",'delta':" + delta + "}";
    }

    private static JsonNode content(AnswerCollector answer) {
        return Json.parse(Json.text(MessagesResponseWriter.write(answer, "m"))).path("content");
    }
}
