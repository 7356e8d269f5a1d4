package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.responses.ResponsesDialect;
import org.junit.jupiter.api.Test;

/** Q7 and T5: Anthropic takes assistant messages that follow one another for one turn. */
class AssistantTurnsTest {

    private static final String ASKED = "{'role':'user','content':'q'},";

    private static String call(String id) {
        return "{'role':'assistant','content':[{'type':'tool_use','id':'" + id + "','name':'f','input':{}}]},";
    }

    private static String results(String... ids) {
        StringBuilder results = new StringBuilder();
        for (String id : ids) {
            results.append(results.isEmpty() ? "" : ",")
                    .append("{'type':'tool_result','tool_use_id':'")
                    .append(id)
                    .append("','content':'r")
                    .append(id)
                    .append("'}");
        }
        return "{'role':'user','content':[" + results + "]}";
    }

    @Test
    void sendsCallsOfSeveralMessagesInTheOneThatTheirResultsFollow() {
        JsonNode sent =
                Translate.chatMessages("[" + ASKED + call("a") + call("b") + results("a", "b") + "]", Quirks.none());

        assertThat(sent.findValuesAsText("role")).containsExactly("user", "assistant", "tool", "tool");
        assertThat(sent.path(1).path("tool_calls").findValuesAsText("id")).containsExactly("a", "b");
        assertThat(sent.path(1).path("content").isNull()).isTrue();
        assertThat(sent.findValuesAsText("content")).containsExactly("q", "null", "ra", "rb");
    }

    @Test
    void sendsThemToResponsesBeforeTheirOutputs() {
        String request = "{'model':'m','messages':[" + ASKED + call("a") + call("b") + results("a", "b") + "]}";
        JsonNode sent = new ResponsesDialect()
                .encode(MessagesRequestReader.read(Translate.json(request)), Quirks.none())
                .path("input");

        assertThat(sent.findValuesAsText("type"))
                .containsSubsequence("function_call", "function_call", "function_call_output", "function_call_output");
        assertThat(sent.findValuesAsText("output")).containsExactly("ra", "rb");
    }

    @Test
    void leavesMessagesApartWhoseCallsNobodyAnswers() {
        JsonNode sent = Translate.chatMessages("[" + ASKED + call("a") + call("b") + results("b") + "]", Quirks.none());

        assertThat(sent.findValuesAsText("role")).containsExactly("user", "assistant", "tool", "assistant", "tool");
    }
}
