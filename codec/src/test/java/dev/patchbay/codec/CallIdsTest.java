package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.responses.ResponsesDialect;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids that servers use again in one conversation, or leave out (Switchyard#502, litellm#23510). */
class CallIdsTest {

    private static final String TURN = "{'role':'assistant','tool_calls':[{'id':'call_0','type':'function',"
            + "'function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'call_0','content':'%s'},";

    @Test
    void givesACallOfALaterTurnAnIdOfItsOwn() {
        JsonNode turns = messages(TURN.formatted("first") + TURN.formatted("second"));

        assertThat(turns.findValuesAsText("id")).containsExactly("call_0", "call_0_2");
        assertThat(turns.findValuesAsText("tool_use_id")).containsExactly("call_0", "call_0_2");
        assertThat(turns.at("/3/content/0/content").asText()).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", ""})
    void tellsTheCallsOfOneTurnApart(String id) {
        String call = "{'id':'" + id + "','type':'function','function':{'name':'%s','arguments':'{}'}}";
        JsonNode turns = messages("{'role':'assistant','tool_calls':[" + call.formatted("a") + "," + call.formatted("b")
                + "]},{'role':'tool','tool_call_id':'" + id + "','content':'1'},{'role':'tool','tool_call_id':'" + id
                + "','content':'2'},");
        List<String> ids = turns.at("/0/content").findValuesAsText("id");

        assertThat(ids).doesNotHaveDuplicates().allMatch(text -> text.matches("[A-Za-z0-9_-]+"));
        assertThat(turns.at("/1/content").findValuesAsText("tool_use_id")).isEqualTo(ids);
        assertThat(turns.at("/1/content/1/content").asText()).isEqualTo("2");
    }

    @Test
    void findsTheCallOfAResultThatOnlyNamesItsTool() {
        String call = "{'id':'%s','type':'function','function':{'name':'%s','arguments':'{}'}}";
        JsonNode turns = messages("{'role':'assistant','tool_calls':[" + call.formatted("c1", "a") + ","
                + call.formatted("c2", "b")
                + "]},{'role':'tool','name':'b','content':'of b'},{'role':'tool','content':'of a'},");

        assertThat(turns.at("/1/content").findValuesAsText("tool_use_id")).containsExactlyInAnyOrder("c1", "c2");
        for (JsonNode result : List.of(turns.at("/1/content/0"), turns.at("/1/content/1"))) {
            boolean first = result.path("tool_use_id").asText().equals("c1");
            assertThat(result.path("content").asText()).isEqualTo(first ? "of a" : "of b");
        }
    }

    @Test
    void tellsTheClientAnotherIdWhereTheServerBeginsAnew() {
        ChatRequest request = ChatRequest.builder("m")
                .message(new ChatMessage(
                        ChatMessage.Role.ASSISTANT, List.of(ContentBlock.toolUse("call_0", "f", Map.of()))))
                .build();
        AnswerCollector chat = new AnswerCollector();
        new ChatDialect()
                .decode(
                        request,
                        Quirks.none(),
                        Translate.json("{'choices':[{'message':{'tool_calls':[{'id':'call_0','function':{'name':'f',"
                                + "'arguments':'{}'}}]},'finish_reason':'tool_calls'}]}"),
                        chat);
        AnswerCollector streamed = new AnswerCollector();
        StreamDecoder decoder = new ChatDialect().streamDecoder(request, Quirks.none(), streamed);
        byte[] chunk = ("data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_0\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n")
                .getBytes(StandardCharsets.UTF_8);
        decoder.feed(chunk, 0, chunk.length);
        AnswerCollector responses = new AnswerCollector();
        new ResponsesDialect()
                .decode(
                        request,
                        Quirks.none(),
                        Translate.json("{'status':'completed','output':[{'type':'function_call','call_id':'call_0',"
                                + "'name':'f','arguments':'{}'}]}"),
                        responses);

        for (AnswerCollector answer : List.of(chat, streamed, responses)) {
            assertThat(MessagesResponseWriter.write(answer, "m")
                            .at("/content/0/id")
                            .asText())
                    .startsWith("toolu_");
        }
    }

    private static JsonNode messages(String history) {
        return Translate.chatToMessages(
                        "{'model':'m','messages':[" + history + "{'role':'user','content':'go'}]}", Quirks.none())
                .path("messages");
    }
}
