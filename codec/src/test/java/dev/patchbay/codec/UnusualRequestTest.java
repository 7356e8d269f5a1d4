package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.spi.ProviderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of chat send that Anthropic refuses, where no vector looks. */
class UnusualRequestTest {

    private static final String DOTTED =
            "{'type':'function','function':{'name':'mcp.server/tool.do','parameters':{'type':'object'}}}";

    @Test
    void asksWithTheInstructionsWhereNothingElseIsSaid() {
        ObjectNode request = messages("'messages':[{'role':'system','content':'Say hello.'}]");

        assertThat(request.path("messages").toString()).isEqualTo("[{\"role\":\"user\",\"content\":\"Say hello.\"}]");
        assertThat(request.has("system")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{'role':'user','content':''}]", "[{'role':'user','content':[]}]"})
    void refusesAConversationInWhichNothingIsSaid(String messages) {
        assertThatThrownBy(() -> messages("'messages':" + messages))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("messages");
    }

    @Test
    void sendsNamesOfToolsAsAnthropicTakesThemAndGivesThemBack() {
        String history = "{'role':'user','content':'x'},{'role':'assistant','tool_calls':[{'id':'a','type':'function',"
                + "'function':{'name':'mcp.server/tool.do','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'a','content':'r'}";
        String request = "{'model':'m','messages':[" + history + "],'tools':[" + DOTTED
                + "],'tool_choice':{'type':'function','function':{'name':'mcp.server/tool.do'}}}";
        ObjectNode sent = Translate.chatToMessages(request, Quirks.none());
        String name = sent.path("tools").path(0).path("name").asText();

        assertThat(name).matches("[A-Za-z0-9_-]{1,128}");
        assertThat(sent.path("tool_choice").path("name").asText()).isEqualTo(name);
        assertThat(sent.path("messages")
                        .path(1)
                        .path("content")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo(name);

        AnswerCollector answer = new AnswerCollector();
        JsonNode body = Translate.json("{'type':'message','content':[{'type':'tool_use','id':'t','name':'" + name
                + "','input':{}}],'stop_reason':'tool_use'}");
        new MessagesDialect().decode(ChatRequestReader.read(Translate.json(request)), Quirks.none(), body, answer);
        assertThat(MessagesResponseWriter.write(answer, "m")
                        .path("content")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("mcp.server/tool.do");
    }

    /** K3a. */
    @Test
    void offersAToolOnceThatIsDeclaredTwice() {
        String find = "{'type':'function','function':{'name':'find','parameters':{'type':'object'}}}";
        ObjectNode messages =
                messages("'messages':[{'role':'user','content':'x'}],'tools':[" + find + "," + find + "]");
        ObjectNode chat = Translate.chatWith(
                "'tools':[{'name':'find','input_schema':{'type':'object'}},{'name':'find','input_schema':{'type':'object'}}]",
                Quirks.none());

        assertThat(messages.path("tools")).hasSize(1);
        assertThat(chat.path("tools")).hasSize(1);
    }

    @Test
    void saysAtTheTopOfASchemaThatItIsAnObject() {
        ObjectNode request =
                messages("'messages':[{'role':'user','content':'x'}],'tools':[{'type':'function','function':"
                        + "{'name':'f','parameters':{'type':['object','null'],'properties':{}}}}]");

        assertThat(request.path("tools")
                        .path(0)
                        .path("input_schema")
                        .path("type")
                        .asText())
                .isEqualTo("object");
    }

    @Test
    void namesAJpegAsItsRegistryDoes() {
        ObjectNode request = messages("'messages':[{'role':'user','content':[{'type':'image_url','image_url':"
                + "{'url':'data:image/jpg;base64,/9j/'}}]}]");

        assertThat(request.path("messages")
                        .path(0)
                        .path("content")
                        .path(0)
                        .path("source")
                        .path("media_type")
                        .asText())
                .isEqualTo("image/jpeg");
    }

    private static ObjectNode messages(String members) {
        return Translate.chatToMessages("{'model':'m'," + members + "}", Quirks.none());
    }
}
