package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Tool;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers send that call themselves compatible, seen in public issues, where no vector looks. */
class UnusualUpstreamTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("m").tool(Tool.of("find", "", Map.of())).build();

    private final AnswerCollector answer = new AnswerCollector();

    /** The same text in a stream as in a whole answer; a JSON string that holds the object, or the word null (R4). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"{\\\"path\\\":\\\"/srv\\\"}\" | {\"path\":\"/srv\"}",
                "null | {}",
                " [1,2] | {\"_raw_arguments\":\" [1,2]\"}",
                "path=/srv | {\"_raw_arguments\":\"path=/srv\"}"
            },
            ignoreLeadingAndTrailingWhitespace = false)
    void readsArgumentsThatAreNoObject(String sent, String read) {
        String text = sent.stripTrailing();
        StreamDecoder decoder = new ChatDialect().streamDecoder(REQUEST, Quirks.none(), answer);
        int middle = text.length() / 2;
        feed(decoder, call("\"id\":\"t\",", "\"name\":\"find\",", text.substring(0, middle)));
        feed(decoder, call("", "", text.substring(middle)));
        feed(decoder, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}");
        decoder.end(true);

        assertThat(content().path(0).path("input"))
                .isEqualTo(Json.parse(read.strip().isEmpty() ? "{}" : read));
    }

    private static String call(String id, String name, String arguments) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0," + id + "\"function\":{" + name
                + "\"arguments\":" + Json.text(com.fasterxml.jackson.databind.node.TextNode.valueOf(arguments))
                + "}}]}}]}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'choices':[{'index':0,'message':{'role':'assistant','content':'hi'},'finish_reason':'stop'}]}",
                "{'choices':[{'index':0,'text':'hi','finish_reason':'stop'}]}",
                "{'choices':[{'index':0,'delta':{'content':'hi'},'finish_reason':'stop'}]}"
            })
    void readsAMessageWhereverItStands(String choice) {
        StreamDecoder decoder = new ChatDialect().streamDecoder(REQUEST, Quirks.none(), answer);
        feed(decoder, choice.replace('\'', '"'));
        decoder.end(true);
        AnswerCollector whole = new AnswerCollector();
        new ChatDialect().decode(REQUEST, Quirks.none(), Translate.json(choice), whole);

        assertThat(content().path(0).path("text").asText()).isEqualTo("hi");
        assertThat(MessagesResponseWriter.write(whole, "m")
                        .path("content")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("hi");
    }

    @Test
    void takesAChoiceWithoutAnyMessageForNoAnswer() {
        assertThatThrownBy(() -> new ChatDialect()
                        .decode(
                                REQUEST,
                                Quirks.none(),
                                Translate.json("{'choices':[{'index':0,'finish_reason':'stop'}]}"),
                                answer))
                .isInstanceOf(ProviderException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'detail':'boom'}",
                "{'code':500,'message':'boom'}",
                "{'status':'error','message':'boom'}",
                "{'type':'InternalServerError','message':'boom'}",
                "{'error_code':17,'error_msg':'boom'}"
            })
    void takesAnErrorInTheMiddleOfAStreamForOneWhateverItsShape(String error) {
        StreamDecoder decoder = new ChatDialect().streamDecoder(REQUEST, Quirks.none(), answer);
        feed(decoder, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}");

        assertThatThrownBy(() -> feed(decoder, error.replace('\'', '"')))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("boom");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'status':'processing','message':'queued'}", "{'id':'c','message':'warming up'}"})
    void passesOverWhatIsNoError(String note) {
        StreamDecoder decoder = new ChatDialect().streamDecoder(REQUEST, Quirks.none(), answer);
        feed(decoder, note.replace('\'', '"'));
        feed(decoder, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}");
        decoder.end(true);

        assertThat(content().path(0).path("text").asText()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({
        "token_limit, LENGTH",
        "max_length, LENGTH",
        "ERROR_LIMIT, CONTEXT",
        "ERROR_TOXIC, REFUSED",
        "USER_CANCEL, FAILED",
        "BLOCKLIST, REFUSED",
        "SPII, REFUSED",
        "IMAGE_SAFETY, REFUSED",
        "guardrail_intervened, REFUSED",
        "content_filtered, REFUSED",
        "MALFORMED_FUNCTION_CALL, FAILED",
        "UNEXPECTED_TOOL_CALL, FAILED",
        "cancelled, FAILED",
        "aborted, FAILED",
        "timeout, FAILED",
        "server_error, FAILED",
        "failed, FAILED",
        "COMPLETE, NATURAL"
    })
    void knowsTheWordsOfOthersForTheEnd(String word, FinishWord meaning) {
        assertThat(FinishWord.of(word)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'error':['first','second']} | first; second",
                "{'error':'invalid_token','error_description':'it is over'} | invalid_token: it is over",
                "{'error':{'error':'inner'}} | inner"
            })
    void readsWhatAnErrorSays(String body, String message) {
        UpstreamError error = ErrorReader.read(
                400, name -> java.util.Optional.empty(), body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

        assertThat(error.message()).contains(message);
    }

    /** Keep-alives that are no comments: opencode#50871, OmniRoute#1146. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: : keepalive",
                "data: ping",
                "data: heartbeat",
                "event: ping\ndata: ping",
                "event: heartbeat\ndata: 1",
                "event: keepalive\ndata: {}"
            })
    void passesOverWhatOnlyKeepsTheConnection(String event) {
        for (WireDialect dialect : dev.patchbay.codec.dialect.Dialects.ALL) {
            StreamDecoder decoder = dialect.streamDecoder(REQUEST, Quirks.none(), answer);
            byte[] bytes = (event + "\n\n").getBytes(StandardCharsets.UTF_8);

            decoder.feed(bytes, 0, bytes.length);
            assertThat(decoder.isDone()).isFalse();
        }
    }

    /** Copilot: pi#1502; Ollama; LiteLLM; Mistral's parts in another member. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'reasoning_text':'hm'",
                "'thinking':'hm'",
                "'thinking':{'content':'hm'}",
                "'reasoning':{'content':'hm'}",
                "'reasoning_content':[{'type':'text','text':'hm'}]",
                "'thinking_blocks':[{'type':'thinking','thinking':'hm','signature':'s'}]"
            })
    void readsThinkingInWhicheverShapeItComes(String member) {
        StreamDecoder decoder = new ChatDialect().streamDecoder(REQUEST, Quirks.none(), answer);
        feed(decoder, ("{'choices':[{'delta':{" + member + "}}]}").replace('\'', '"'));
        feed(decoder, "{\"choices\":[{\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}");
        decoder.end(true);
        AnswerCollector whole = new AnswerCollector();
        new ChatDialect()
                .decode(
                        REQUEST,
                        Quirks.none(),
                        Translate.json(
                                "{'choices':[{'message':{" + member + ",'content':'hi'},'finish_reason':'stop'}]}"),
                        whole);

        for (AnswerCollector read : java.util.List.of(answer, whole)) {
            JsonNode content = MessagesResponseWriter.write(read, "m").path("content");
            assertThat(content.findValuesAsText("thinking")).containsExactly("hm");
            assertThat(content.findValuesAsText("text")).containsExactly("hi");
        }
    }

    /** hermes-browser-extension#11: the whole message once more, behind its pieces. */
    @Test
    void doesNotSayTwiceWhatTheLastChunkRepeats() {
        StreamDecoder decoder = new ChatDialect().streamDecoder(REQUEST, Quirks.none(), answer);
        feed(decoder, "{\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}");
        feed(decoder, "{\"choices\":[{\"delta\":{\"content\":\"lo\"}}]}");
        feed(decoder, "{\"choices\":[{\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}");
        decoder.end(true);

        assertThat(content().findValuesAsText("text")).containsExactly("Hello");
    }

    /** A delta that says nothing stands for no message beside or behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"delta\":{},\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}",
                "{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}",
                "{\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}"
            })
    void readsTheMessageWhereDeltasSayNothing(String last) {
        StreamDecoder decoder = new ChatDialect().streamDecoder(REQUEST, Quirks.none(), answer);
        feed(decoder, "{\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}");
        feed(decoder, "{\"choices\":[" + last + "]}");
        decoder.end(true);

        assertThat(content().findValuesAsText("text")).containsExactly("Hello");
    }

    /** sub2api#4798, agentgateway#3438: an answer of an image alone is no empty one. */
    @ParameterizedTest
    @ValueSource(strings = {"delta", "message"})
    void tellsThatAnImageWasGenerated(String member) {
        StreamDecoder decoder = new ChatDialect().streamDecoder(REQUEST, Quirks.none(), answer);
        feed(
                decoder,
                "{\"choices\":[{\"" + member
                        + "\":{\"content\":\"\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]},"
                        + "\"finish_reason\":\"stop\"}]}");
        decoder.end(true);

        assertThat(content().findValuesAsText("text")).containsExactly("[image omitted]");
    }

    @Test
    void opensABlockForADeltaThatComesWithoutOne() {
        StreamDecoder decoder = new MessagesDialect().streamDecoder(REQUEST, Quirks.none(), answer);
        feed(decoder, "{\"type\":\"message_start\",\"message\":{}}");
        feed(
                decoder,
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}}");
        feed(
                decoder,
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"h\"}}");
        feed(
                decoder,
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"i\"}}");
        feed(decoder, "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}");
        feed(decoder, "{\"type\":\"message_stop\"}");

        assertThat(content().findValuesAsText("thinking")).containsExactly("hm");
        assertThat(content().findValuesAsText("text")).containsExactly("hi");
    }

    /** S6: a name in pieces (openclaw/openclaw#127603), alone or with pieces of the arguments; S5: without any index. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'index':0,'id':'c','function':{'name':'get_'};'index':0,'function':{'name':'weather'};'index':0,'function':{'arguments':'{}'}",
                "'index':0,'id':'c','function':{'name':'get_','arguments':'{'};'index':0,'id':'c','function':{'name':'weather','arguments':'}'}",
                "'index':0,'function':{'name':'get_'};'index':0,'function':{'name':'wea'};'index':0,'function':{'name':'ther','arguments':'{}'}",
                "'id':'c','function':{'name':'get_'};'function':{'name':'weather','arguments':'{}'}",
                "'index':0,'id':'c','function':{'name':'get_weather','arguments':'{'};'index':0,'function':{'name':'get_weather','arguments':'}'}",
                "'function':{'name':'get_weather','arguments':'{'};'function':{'name':'get_weather','arguments':'}'}"
            })
    void putsTheNameOfACallTogether(String deltas) {
        ChatRequest declared = ChatRequest.builder("m")
                .tool(Tool.of("get_weather", "", Map.of()))
                .build();
        StreamDecoder decoder = new ChatDialect().streamDecoder(declared, Quirks.none(), answer);
        for (String delta : deltas.split(";", -1)) {
            feed(
                    decoder,
                    "{'choices':[{'index':0,'delta':{'tool_calls':[{".replace('\'', '"') + delta.replace('\'', '"')
                            + "}]}}]}");
        }
        feed(decoder, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}");
        decoder.end(true);

        assertThat(content().findValuesAsText("name")).containsExactly("get_weather");
        assertThat(content().path(0).path("input")).isEmpty();
    }

    /** S6: a whole name that begins another one is itself, and one that nobody declared stays as it came. */
    @ParameterizedTest
    @ValueSource(strings = {"find", "find_", "fin"})
    void keepsANameThatIsTheBeginningOfAnother(String name) {
        ChatRequest declared = ChatRequest.builder("m")
                .tool(Tool.of("find", "", Map.of()))
                .tool(Tool.of("find_all", "", Map.of()))
                .build();
        StreamDecoder decoder = new ChatDialect().streamDecoder(declared, Quirks.none(), answer);
        feed(decoder, call("\"id\":\"t\",", "\"name\":\"" + name + "\",", ""));
        feed(decoder, call("", "\"name\":\"" + name + "\",", "{\"path\":"));
        feed(decoder, call("", "", "1}"));
        feed(decoder, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}");
        decoder.end(true);

        assertThat(content().findValuesAsText("name")).containsExactly(name);
        assertThat(content().path(0).path("input").path("path").asInt()).isEqualTo(1);
    }

    private JsonNode content() {
        return MessagesResponseWriter.write(answer, "m").path("content");
    }

    private static void feed(StreamDecoder decoder, String data) {
        byte[] bytes = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        decoder.feed(bytes, 0, bytes.length);
    }
}
