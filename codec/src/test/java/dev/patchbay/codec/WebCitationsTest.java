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
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.codec.responses.ResponsesResponseWriter;
import dev.patchbay.spi.ChatRequest;
import java.nio.charset.StandardCharsets;
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
