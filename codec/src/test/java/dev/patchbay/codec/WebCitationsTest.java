package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.chat.ChatResponseWriter;
import dev.patchbay.codec.chat.ChatStreamEncoder;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesPassthrough;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.codec.responses.ResponsesResponseWriter;
import dev.patchbay.codec.responses.ResponsesStreamEncoder;
import dev.patchbay.spi.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages that an answer cites reach the clients of every dialect (openai-agents-python#4222, litellm#18378,
 * Switchyard#730).
 */
class WebCitationsTest {

    private static final ChatRequest REQUEST = ChatRequest.builder("m").build();

    static Stream<Arguments> whole() {
        String nested =
                "'annotations':[{'type':'url_citation','url_citation':{'url':'https://a.org','title':'A','start_index':1,'end_index':2}}]";
        String flat =
                "'annotations':[{'type':'url_citation','url':'https://a.org','title':'A','start_index':1,'end_index':2}]";
        return Stream.of(
                Arguments.of(
                        "openai-chat",
                        "{'choices':[{'message':{'content':'text'," + nested + "},'finish_reason':'stop'}]}"),
                Arguments.of(
                        "openai-responses",
                        "{'status':'completed','output':[{'type':'message','content':[{'type':'output_text','text':'text',"
                                + flat + "}]}]}"));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void tellsThemInAWholeAnswer(String upstream, String body) {
        AnswerCollector answer = new AnswerCollector();
        Dialects.find(upstream).orElseThrow().decode(REQUEST, Quirks.none(), Translate.json(body), answer);

        assertThat(ChatResponseWriter.write(answer, "m").at("/choices/0/message/annotations/0/url_citation"))
                .isEqualTo(Translate.json("{'start_index':1,'end_index':2,'title':'A','url':'https://a.org'}"));
        assertThat(ResponsesResponseWriter.write(
                                answer,
                                ResponsesRequestReader.read(Translate.json("{'model':'m','input':'q'}")),
                                item -> {})
                        .at("/output/0/content/0/annotations/0/url")
                        .asText())
                .isEqualTo("https://a.org");
        assertThat(MessagesResponseWriter.write(answer, "m")
                        .at("/content/0/citations/0/url")
                        .asText())
                .isEqualTo("https://a.org");
    }

    static Stream<Arguments> streams() {
        String chunk = "{'choices':[{'delta':{%s},'finish_reason':%s}]%s}";
        String cited = "'annotations':[{'type':'url_citation','url_citation':{'url':'https://a.org','title':'A'}}]";
        String beside = ",'search_results':[{'url':'https://a.org','title':'A'}]";
        return Stream.of(
                Arguments.of("openai-chat", new String[] {
                    chunk.formatted("'content':'te'", "null", ""),
                    chunk.formatted("'content':'xt'", "null", ""),
                    chunk.formatted(cited, "'stop'", "")
                }),
                Arguments.of("openai-chat", new String[] {
                    chunk.formatted(cited, "null", ""), chunk.formatted("'content':'text'", "'stop'", "")
                }),
                Arguments.of("openai-chat", new String[] {
                    chunk.formatted("'content':'te'", "null", beside),
                    chunk.formatted("'content':'xt'", "'stop'", beside)
                }),
                Arguments.of("openai-responses", new String[] {
                    "{'type':'response.output_item.added','output_index':0,'item':{'type':'message','id':'m','content':[]}}",
                    "{'type':'response.output_text.delta','output_index':0,'item_id':'m','delta':'text'}",
                    "{'type':'response.output_text.annotation.added','output_index':0,'item_id':'m','annotation':"
                            + "{'type':'url_citation','url':'https://a.org','title':'A'}}",
                    "{'type':'response.output_item.done','output_index':0,'item':{'type':'message','id':'m','content':"
                            + "[{'type':'output_text','text':'text','annotations':[{'type':'url_citation','url':'https://a.org','title':'A'}]}]}}",
                    "{'type':'response.completed','response':{'status':'completed','output':[]}}"
                }));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void tellsEachOnceInAStream(String upstream, String[] events) {
        ChatStreamEncoder encoder = new ChatStreamEncoder("m", false);
        StringBuilder sent = new StringBuilder();
        StreamDecoder decoder = Dialects.find(upstream)
                .orElseThrow()
                .streamDecoder(REQUEST, Quirks.none(), event -> sent.append(encoder.encode(event)));
        for (String event : events) {
            byte[] bytes = ("data: " + event.replace('\'', '"') + "\n\n").getBytes(StandardCharsets.UTF_8);
            decoder.feed(bytes, 0, bytes.length);
        }
        if (!decoder.isDone()) {
            decoder.end(true);
        }

        assertThat(sent.toString().split("https://a.org", -1)).hasSize(2);
        assertThat(sent).contains("\"annotations\":[{\"type\":\"url_citation\"");
    }

    /** Texts that touch are one part, and one content; a place is told as it is there. */
    @Test
    void countsPlacesFromTheBeginningOfTheTextThatTheClientHas() {
        String source =
                "'citations':[{'type':'web_search_result_location','url':'https://%s.org','encrypted_index':'E'}]";
        ClientAnswer messages = new ClientAnswer(
                "anthropic-messages",
                Translate.json("{'usage':{'input_tokens':7,'output_tokens':5},'content':[{'type':'text','text':'One,',"
                        + source.formatted("a") + "},{'type':'text','text':' two. '},"
                        + "{'type':'server_tool_use','id':'s','name':'web_search','input':{}},"
                        + "{'type':'text','text':'Three.'," + source.formatted("b") + "}]}"),
                List.of());
        ClientAnswer responses = new ClientAnswer(
                "openai-responses",
                Translate.json("{'status':'completed','output':[{'type':'message','content':["
                        + part("One,", "a", 0, 4) + "," + part(" two. ", "", 0, 0) + "]},"
                        + "{'type':'message','content':[" + part("Three.", "b", 0, 6) + "]}]}"),
                List.of());
        ClientAnswer parts = new ClientAnswer(
                "openai-responses",
                Translate.json("{'status':'completed','output':[{'type':'message','content':["
                        + part("One,", "a", 0, 4) + "," + part(" two. \\n\\n", "", 0, 0) + ","
                        + part("Three.", "b", 0, 6) + "]}]}"),
                List.of());

        for (ClientAnswer answer : List.of(messages, responses, parts)) {
            JsonNode message = ChatResponseWriter.write(answer.collected(), "m").at("/choices/0/message");
            JsonNode whole = ResponsesResponseWriter.write(
                            answer.collected(),
                            ResponsesRequestReader.read(Translate.json("{'model':'m','input':'q'}")),
                            item -> {})
                    .at("/output/0/content/0");

            for (JsonNode sources : List.of(message.path("annotations"), whole.path("annotations"))) {
                assertThat(sources.findValuesAsText("start_index")).containsExactly("0", "12");
                assertThat(sources.findValuesAsText("end_index")).containsExactly("4", "18");
            }
            assertThat(message.path("content").asText()).isEqualTo("One, two. \n\nThree.");
            assertThat(whole.path("text").asText()).isEqualTo("One, two. \n\nThree.");
        }
    }

    /** Anthropic tells the source of a sentence before its words, or behind them. */
    @Test
    void countsPlacesInAStreamAsInAWholeAnswer() {
        String delta = "{'type':'content_block_delta','index':%d,'delta':%s}";
        String source =
                "{'type':'citations_delta','citation':{'type':'web_search_result_location','url':'https://%s.org'}}";
        String text = "{'type':'text_delta','text':'%s'}";
        ClientAnswer answer = new ClientAnswer(
                "anthropic-messages",
                Json.object(),
                Stream.of(
                                "{'type':'message_start','message':{'usage':{'input_tokens':7}}}",
                                "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}",
                                delta.formatted(0, source.formatted("a")),
                                delta.formatted(0, text.formatted("One.")),
                                "{'type':'content_block_start','index':1,'content_block':{'type':'text','text':''}}",
                                delta.formatted(1, text.formatted(" two")),
                                delta.formatted(1, source.formatted("b")),
                                delta.formatted(1, text.formatted(".")),
                                "{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':5}}",
                                "{'type':'message_stop'}")
                        .map(Translate::json)
                        .toList());
        ResponsesRequest asked = ResponsesRequestReader.read(Translate.json("{'model':'m','input':'q'}"));

        for (StreamEncoder encoder :
                List.of(new ChatStreamEncoder("m", false), new ResponsesStreamEncoder(asked, item -> {}))) {
            List<JsonNode> sources = answer.data(encoder).stream()
                    .filter(data -> data.contains("annotation") && data.contains("\"start_index\""))
                    .filter(data -> !data.contains("done") && !data.contains("completed"))
                    .map(Json::parse)
                    .toList();

            assertThat(sources).hasSize(2);
            assertThat(sources.get(0).findValuesAsText("end_index")).containsExactly("4");
            assertThat(sources.get(1).findValuesAsText("start_index")).containsExactly("4");
            assertThat(sources.get(1).findValuesAsText("end_index")).containsExactly("9");
        }
    }

    private static String part(String text, String site, int start, int end) {
        String source = "{'type':'url_citation','url':'https://" + site + ".org','start_index':" + start
                + ",'end_index':" + end + "}";
        return "{'type':'output_text','text':'" + text + "','annotations':[" + (site.isEmpty() ? "" : source) + "]}";
    }

    /** Anthropic refuses a page that it has not found itself. */
    @Test
    void doesNotSendThemBackToAnthropic() {
        String found = "{'type':'web_search_result_location','url':'https://b.org','encrypted_index':'E'}";
        ObjectNode body = Translate.json(
                "{'messages':[{'role':'assistant','content':[{'type':'text','text':'a','citations':"
                        + "[{'type':'web_search_result_location','url':'https://a.org','encrypted_index':''}," + found
                        + "]},{'type':'text','text':'b','citations':[{'type':'web_search_result_location','encrypted_index':''}]}]}]}");
        MessagesPassthrough.prepare(body, "m");
        JsonNode content = body.at("/messages/0/content");

        assertThat(content.at("/0/citations")).isEqualTo(Json.array().add(Translate.json(found)));
        assertThat(content.path(1).has("citations")).isFalse();
    }
}
