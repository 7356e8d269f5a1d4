package dev.patchbay.codec.messages;

import static dev.patchbay.codec.Translate.chatToMessages;
import static dev.patchbay.codec.Translate.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** VQ4: members of inputs whose names Anthropic refuses. */
class InputNamesTest {

    private static final String TOOL =
            "{'type':'function','function':{'name':'list','parameters':{'type':'object','properties':"
                    + "{'filter[name]':{'type':'object','properties':{'$x':{}}},'ok.1':{}},'required':['filter[name]','ok.1']}}}";
    private static final String ASKED = "{'model':'m','tools':[" + TOOL
            + "],'messages':[{'role':'user','content':'a'},{'role':'assistant','tool_calls':[{'id':'c','type':'function',"
            + "'function':{'name':'list','arguments':'{\\'filter[name]\\':1,\\'ok.1\\':2}'}}]},"
            + "{'role':'tool','tool_call_id':'c','content':'x'}]}";

    @Test
    void bringsNamesThatAreTaken() {
        JsonNode body = chatToMessages(ASKED, Quirks.none());

        JsonNode schema = body.path("tools").path(0).path("input_schema");
        String sent = schema.path("properties").fieldNames().next();
        assertThat(sent).matches("filter_name__[0-9a-f]{8}");
        assertThat(schema.path("properties").path(sent).path("properties").has("$x"))
                .isTrue();
        assertThat(schema.path("properties").has("ok.1")).isTrue();
        assertThat(schema.path("required"))
                .isEqualTo(json("{'r':['" + sent + "','ok.1']}").path("r"));
        assertThat(body.path("messages").path(1).path("content").path(0).path("input"))
                .isEqualTo(json("{'" + sent + "':1,'ok.1':2}"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesTheClientItsOwnNamesBack(boolean stream) {
        ChatRequest request = ChatRequestReader.read(json(ASKED));
        String sent = chatToMessages(ASKED, Quirks.none())
                .path("tools")
                .path(0)
                .path("input_schema")
                .path("properties")
                .fieldNames()
                .next();

        AnswerCollector answer = new AnswerCollector();
        if (stream) {
            MessagesStreamDecoder decoder = new MessagesStreamDecoder(request, answer);
            List.of(
                            "{'type':'message_start','message':{}}",
                            "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'t','name':'list','input':{}}}",
                            "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{\\'filt'}}",
                            "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'"
                                    + sent.substring(4) + "\\':{\\'a\\':1},\\'ok.1\\':2}'}}",
                            "{'type':'content_block_stop','index':0}",
                            "{'type':'message_delta','delta':{'stop_reason':'tool_use'}}",
                            "{'type':'message_stop'}")
                    .forEach(event -> {
                        byte[] bytes = ("data: " + json(event) + "\n\n").getBytes(UTF_8);
                        decoder.feed(bytes, 0, bytes.length);
                    });
            decoder.end(true);
        } else {
            new MessagesDialect()
                    .decode(
                            request,
                            Quirks.none(),
                            json("{'content':[{'type':'tool_use','id':'t','name':'list','input':{'" + sent
                                    + "':{'a':1},'ok.1':2}}],'stop_reason':'tool_use'}"),
                            answer);
        }

        assertThat(((ContentBlock.ToolUse) answer.content().get(0)).input())
                .isEqualTo(Map.of("filter[name]", Map.of("a", 1), "ok.1", 2));
    }
}
