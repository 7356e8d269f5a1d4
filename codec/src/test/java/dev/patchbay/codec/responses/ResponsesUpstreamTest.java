package dev.patchbay.codec.responses;

import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.vectors.Upstream;
import dev.patchbay.codec.vectors.Vector;
import dev.patchbay.codec.vectors.Vectors;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 1.11 where no vector looks. */
class ResponsesUpstreamTest {

    private static final ResponsesDialect DIALECT = new ResponsesDialect();
    private static final ChatRequest ASKED = ChatRequest.builder("m").build();
    private static final String REASONING =
            "{'id':'rs_9','type':'reasoning','summary':[{'type':'summary_text','text':'Hm.'}],"
                    + "'encrypted_content':'gAAAAABo_-=','status':null,'unknown':{'b':1,'a':[2.50]}}";
    private static final String CALL = "{'type':'function_call','id':'fc_1','call_id':'c','name':'f','arguments':'{}'}";

    @Test
    void givesReasoningBackByteForByteFromAWholeAnswer() {
        AnswerCollector answer = new AnswerCollector();
        DIALECT.decode(
                ASKED, Quirks.none(), json("{'status':'completed','output':[" + REASONING + "," + CALL + "]}"), answer);

        assertThat(again(answer.content())).isEqualTo(text(REASONING));
    }

    @Test
    void givesReasoningBackByteForByteFromAStream() {
        AnswerCollector answer = new AnswerCollector();
        StreamDecoder decoder = DIALECT.streamDecoder(ASKED, Quirks.none(), answer);
        for (String event : List.of(
                "{'type':'response.output_item.added','output_index':0,'item':{'id':'rs_9','type':'reasoning','summary':[]}}",
                "{'type':'response.reasoning_summary_text.delta','output_index':0,'item_id':'rs_9','delta':'Hm.'}",
                "{'type':'response.output_item.done','output_index':0,'item':" + REASONING + "}",
                "{'type':'response.output_item.done','output_index':1,'item':" + CALL + "}",
                "{'type':'response.completed','response':{'status':'completed','output':[]}}")) {
            decoder.line("data: " + event.replace('\'', '"'));
            decoder.line("");
        }

        assertThat(decoder.isDone()).isTrue();
        assertThat(again(answer.content())).isEqualTo(text(REASONING));
    }

    @Test
    void namesWhatCannotBeSent() {
        DroppedMembers dropped = new DroppedMembers("p");
        DIALECT.encode(
                MessagesRequestReader.read(
                        json(
                                "{'model':'m','max_tokens':99,'messages':[{'role':'user','content':'q'}],'stop_sequences':['a'],'top_k':3,"
                                        + "'context_management':{},'tools':[{'type':'web_search_20250305','name':'web_search'}]}")),
                Quirks.none(),
                dropped);

        assertThat(dropped.names())
                .containsExactlyInAnyOrder("stop_sequences", "top_k", "context_management", "tools.web_search");
    }

    @Test
    void sendsWhatTheFileSaysTheServerTakes() {
        ObjectNode body = DIALECT.encode(
                MessagesRequestReader.read(
                        json("{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'q'}],'top_k':3}")),
                Quirks.none().with("extra", List.of("top_k")));

        assertThat(body.path("top_k").asInt()).isEqualTo(3);
    }

    @Test
    void keepsSurrogatePairsTogether() {
        List<String> pieces = new ArrayList<>();
        StreamDecoder decoder = DIALECT.streamDecoder(ASKED, Quirks.none(), event -> {
            if (event instanceof ChatEvent.TextDelta delta) {
                pieces.add(delta.text());
            }
        });
        for (String piece : List.of("a\\ud83d", "\\ude00b")) {
            decoder.line(
                    "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"" + piece + "\"}");
            decoder.line("");
        }

        assertThat(pieces).containsExactly("a", "\ud83d\ude00b");
    }

    /** S7: the place is wrong in every piece (kittors/CliRelay#739), the id is not. */
    @Test
    void keepsCallsApartByIdWhereTheirPlacesAreWrong() {
        assertThat(inputs(
                        "{'type':'response.output_item.added','output_index':0,'item':{'id':'fc_1','type':'function_call','call_id':'a','name':'f'}}",
                        "{'type':'response.output_item.added','output_index':1,'item':{'id':'fc_2','type':'function_call','call_id':'b','name':'f'}}",
                        "{'type':'response.function_call_arguments.delta','output_index':0,'item_id':'fc_2','delta':'{\\'p\\':'}",
                        "{'type':'response.function_call_arguments.delta','output_index':0,'item_id':'fc_1','delta':'{\\'p\\':1}'}",
                        "{'type':'response.function_call_arguments.delta','output_index':0,'item_id':'fc_2','delta':'2}'}",
                        "{'type':'response.completed','response':{'status':'completed','output':[]}}"))
                .containsExactly("{\"p\":1}", "{\"p\":2}");
    }

    /** S7: one id for all items says nothing; their places tell them apart. */
    @Test
    void keepsCallsApartByPlaceWhereTheyShareAnId() {
        assertThat(inputs(
                        "{'type':'response.output_item.added','output_index':0,'item':{'id':'fc','type':'function_call','call_id':'a','name':'f'}}",
                        "{'type':'response.output_item.added','output_index':1,'item':{'id':'fc','type':'function_call','call_id':'b','name':'f'}}",
                        "{'type':'response.function_call_arguments.delta','output_index':1,'item_id':'fc','delta':'{\\'p\\':2}'}",
                        "{'type':'response.function_call_arguments.delta','output_index':0,'item_id':'fc','delta':'{\\'p\\':1}'}",
                        "{'type':'response.completed','response':{'status':'completed','output':[]}}"))
                .containsExactly("{\"p\":1}", "{\"p\":2}");
    }

    /** R9: nothing at all, and nobody counted anything (Wei-Shaw/sub2api#5415). */
    @ParameterizedTest
    @ValueSource(strings = {"'usage':null", "'id':'r'"})
    void takesNothingAtAllForNoAnswer(String member) {
        String response = "{'status':'completed','output':[]," + member + "}";

        assertThatThrownBy(() -> inputs("{'type':'response.completed','response':" + response + "}"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("without any output");
        assertThatThrownBy(() -> DIALECT.decode(ASKED, Quirks.none(), json(response), new AnswerCollector()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("without any output");
    }

    @Test
    void takesAnEmptyAnswerThatWasCountedForWhole() {
        assertThat(inputs("{'type':'response.completed','response':{'status':'completed','output':[],"
                        + "'usage':{'input_tokens':3,'output_tokens':1}}}"))
                .isEmpty();
    }

    /** 1.11: another name of the end (decolua/9router#2142, can1357/oh-my-pi#4692). */
    @Test
    void knowsTheEndByItsOtherName() {
        assertThat(inputs(
                        "{'type':'response.output_item.done','output_index':0,'item':" + CALL + "}",
                        "{'type':'response.done','response':{'status':'completed','output':[]}}"))
                .containsExactly("{}");
        assertThatThrownBy(() ->
                        inputs("{'type':'response.done','response':{'status':'failed','error':{'message':'no'}}}"))
                .isInstanceOf(ProviderException.class);
    }

    /** The inputs of the tools that a stream calls. */
    private static List<String> inputs(String... events) {
        AnswerCollector answer = new AnswerCollector();
        StreamDecoder decoder = DIALECT.streamDecoder(ASKED, Quirks.none(), answer);
        for (String event : events) {
            decoder.line("data: " + event.replace('\'', '"'));
            decoder.line("");
        }
        assertThat(decoder.isDone()).isTrue();
        return answer.content().stream()
                .map(block -> JsonValues.toNode(((ContentBlock.ToolUse) block).input())
                        .toString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64})
    void streamsInAnyPiecesGiveTheSameEvents(int size) {
        for (Vector vector : Vectors.topic("responses-upstream-stream")) {
            if (!vector.input().has("body")) {
                assertThat(played(vector, size)).as(vector.name()).isEqualTo(played(vector, Integer.MAX_VALUE));
            }
        }
    }

    @Test
    void mangledStreamsNeitherBreakNorPassForWhole() {
        Random random = new Random(7);
        List<Vector> vectors = Vectors.topic("responses-upstream-stream").stream()
                .filter(vector -> vector.input().has("lines"))
                .toList();
        for (int round = 0; round < 400; round++) {
            List<String> lines = new ArrayList<>();
            vectors.get(random.nextInt(vectors.size())).input().path("lines").forEach(line -> lines.add(line.asText()));
            for (int i = random.nextInt(6); i > 0; i--) {
                int at = random.nextInt(lines.size());
                switch (random.nextInt(4)) {
                    case 0 -> lines.remove(at);
                    case 1 -> lines.add(random.nextInt(lines.size()), lines.get(at));
                    case 2 ->
                        lines.set(
                                at,
                                lines.get(at)
                                        .substring(
                                                0, random.nextInt(lines.get(at).length() + 1)));
                    default ->
                        lines.set(
                                at,
                                lines.get(at).replace("\"output_index\":0", "\"output_index\":" + random.nextInt(3)));
                }
            }
            boolean[] ended = new boolean[1];
            boolean said = String.join("\n", lines).matches("(?s).*response\\.(completed|incomplete).*");
            StreamDecoder decoder = DIALECT.streamDecoder(
                    ASKED, Quirks.none(), event -> ended[0] |= event instanceof ChatEvent.Stopped);
            try {
                lines.forEach(decoder::line);
                decoder.end(true);
            } catch (ProviderException failed) {
                assertThat(decoder.isDone()).isTrue();
            }
            assertThat(ended[0] && !said).as("%s", lines).isFalse();
        }
    }

    private static List<String> played(Vector vector, int size) {
        List<String> events = new ArrayList<>();
        StreamDecoder decoder = DIALECT.streamDecoder(ASKED, Quirks.none(), event -> events.add(event.toString()));
        byte[] bytes = Upstream.bytes(vector.input());
        try {
            for (int at = 0; at < bytes.length; at += Math.min(size, bytes.length - at)) {
                decoder.feed(bytes, at, Math.min(size, bytes.length - at));
            }
            decoder.end(vector.input().path("end").asText().equals("eof"));
        } catch (ProviderException failed) {
            events.add(String.valueOf(failed.getMessage()));
        }
        return events;
    }

    /** The first item of the second turn's answer, as it goes on the wire. */
    private static String again(List<ContentBlock> answer) {
        ChatRequest second = ChatRequest.builder("m")
                .message(ChatMessage.user("q"))
                .message(new ChatMessage(Role.ASSISTANT, answer))
                .message(new ChatMessage(Role.USER, List.of(ContentBlock.toolResult("c", "r"))))
                .build();
        JsonNode input = DIALECT.encode(second, Quirks.none()).path("input");
        assertThat(input.findValuesAsText("type")).contains("reasoning", "function_call", "function_call_output");
        return Json.text(input.path(1));
    }

    private static String text(String json) {
        return json.replace('\'', '"');
    }
}
