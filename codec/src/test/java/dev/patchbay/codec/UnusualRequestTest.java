package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** What is read has a type; of another one it would be lost in silence. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat | 'tools':'x'",
                "chat | 'tools':{}",
                "chat | 'temperature':'hot'",
                "chat | 'stop':5",
                "chat | 'response_format':'json'",
                "chat | 'tool_choice':5",
                "chat | 'reasoning_effort':{}",
                "messages | 'tool_choice':'auto'",
                "messages | 'thinking':'on'",
                "messages | 'stop_sequences':'x'",
                "messages | 'tools':{}",
                "messages | 'max_tokens':'many'",
                "responses | 'text':5",
                "responses | 'reasoning':'high'",
                "responses | 'max_output_tokens':'x'",
                "responses | 'tool_choice':5"
            })
    void refusesAMemberOfAnotherType(String client, String member) {
        ObjectNode body =
                Translate.json("{'model':'m','input':'x','messages':[{'role':'user','content':'x'}]," + member + "}");
        assertThatThrownBy(() -> {
                    switch (client) {
                        case "chat" -> ChatRequestReader.read(body);
                        case "messages" -> MessagesRequestReader.read(body);
                        default -> ResponsesRequestReader.read(body);
                    }
                })
                .isInstanceOf(ProviderException.class)
                .hasMessageStartingWith(member.substring(1, member.indexOf(':') - 1) + ": must be ");
    }

    /** A provider that reads JSON strictly would refuse all of it, without saying why. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat | 'temperature':1e999 | temperature",
                "messages | 'temperature':-1e999 | temperature",
                "responses | 'top_p':1e999 | top_p",
                "chat | 'tools':[{'type':'function','function':{'name':'f','parameters':{'maximum':1e999}}}] | tools.0.function.parameters.maximum",
                "messages | 'tools':[{'name':'f','input_schema':{'properties':{'n':{'enum':[1,1e999]}}}}] | tools.0.input_schema.properties.n.enum.1",
                "messages | 'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':{'n':1e999}}]}]"
                        + " | messages.0.content.0.input.n",
                "chat | 'messages':[{'role':'assistant','tool_calls':[{'id':'t','type':'function','function':{'name':'f','arguments':'{`n`:1e999}'}}]}]"
                        + " | messages.0.tool_calls.f.arguments.n",
                "responses | 'input':[{'type':'function_call','call_id':'t','name':'f','arguments':'{`n`:1e999}'}] | input[0].arguments.n"
            })
    void refusesANumberThatIsInfiniteToMost(String client, String member, String place) {
        assertThatThrownBy(() -> read(client, member.replace("`", "\\'")))
                .isInstanceOf(ProviderException.class)
                .hasMessageStartingWith(place + ": the number is too large");
    }

    /** Such as the modulus of an RSA key in a tool's arguments: a conversation would be dead with the first. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat | 'messages':[{'role':'assistant','tool_calls':[{'id':'t','type':'function','function':{'name':'f','arguments':'{`n`:#}'}}]}]",
                "messages | 'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':{'n':#}}]}]",
                "responses | 'input':[{'type':'function_call','call_id':'t','name':'f','arguments':'{`n`:#}'}]"
            })
    void takesAWholeNumberOfAnyLength(String client, String member) {
        String digits = "7".repeat(617);
        ChatRequest request = read(client, member.replace("`", "\\'").replace("#", digits));
        assertThat(request.messages())
                .flatMap(ChatMessage::content)
                .filteredOn(ContentBlock.ToolUse.class::isInstance)
                .extracting(call -> ((ContentBlock.ToolUse) call).input().get("n"))
                .containsExactly(new BigInteger(digits));
    }

    /** Q4: what no dialect has is refused where it stands. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat | 'messages':[{'role':'system','content':'s'},{'role':'user','content':['q',['a']]}] | messages.1.content.1: must be an object or a text, not a list",
                "messages | 'messages':[{'role':'user','content':[['a']]}] | messages.0.content.0: must be an object or a text, not a list",
                "messages | 'system':[['a']],'messages':[{'role':'user','content':'q'}] | system.0: must be an object or a text, not a list",
                "messages | 'messages':[{'role':'user','content':'q'}],'tools':[5] | tools.0: must be an object",
                "responses | 'input':[{'role':'user','content':[['a']]}] | input[0].content[0]: must be an object or a text, not a list",
                "responses | 'input':[{'role':'user','content':'q'},{'type':'function_call_output','output':'r'}]"
                        + " | input[1].call_id: must be a text; it names the call that this is the output of",
                "responses | 'input':[{'type':'function_call','call_id':'c','arguments':'{}'}] | input[0].name: must be a text; it is the tool that is called",
                "responses | 'input':[{'role':'user','content':[{'type':'input_file','file_id':'file-1'}]}]"
                        + " | input[0].content[0].file_id: the file 'file-1' is stored at the vendor that gave it this id, where provider 'p' cannot read it;"
                        + " send the file itself as a data URL in file_data",
                "chat | 'messages':[{'role':'user','content':[{'type':'file','file':{'file_id':'file-1'}}]}]"
                        + " | messages.0.content.0.file.file_id: the file 'file-1' is stored at the vendor that gave it this id, where provider 'p' cannot read it;"
                        + " send the file itself as a data URL in file_data"
            })
    void refusesWhatNoDialectHasWhereItStands(String client, String member, String complaint) {
        assertThatThrownBy(() -> read(client, member))
                .isInstanceOf(ProviderException.class)
                .hasMessage(complaint);
    }

    private static ChatRequest read(String client, String members) {
        String said = client.equals("responses") ? "'input':'x'" : "'messages':[{'role':'user','content':'x'}]";
        boolean says = members.contains("'messages':") || members.contains("'input':");
        ObjectNode body = Translate.json("{'model':'m'" + (says ? "" : "," + said) + "," + members + "}");
        DroppedMembers dropped = new DroppedMembers("p");
        return switch (client) {
            case "chat" -> ChatRequestReader.read(body, dropped);
            case "messages" -> MessagesRequestReader.read(body);
            default ->
                ResponsesRequestReader.read(body, id -> Optional.empty(), dropped)
                        .request();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"'temperature':'0.5'", "'stop':null", "'tools':null", "'max_tokens':'9'", "'stop':'x'"})
    void readsNumbersThatAreWrittenAsTextAndWhatIsNull(String member) {
        ChatRequestReader.read(
                Translate.json("{'model':'m','messages':[{'role':'user','content':'x'}]," + member + "}"));
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

    /** Q4: a message without content says nothing, whichever way it has none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",'content':null",
                ",'content':[]",
                ",'content':''",
                ",'content':[null]",
                ",'content':[{'type':'text'}]"
            })
    void leavesOutAMessageWithoutContent(String content) {
        for (WireDialect upstream : Dialects.ALL) {
            for (ChatRequest read : asked("{'role':'user'" + content + "},{'role':'user','content':'go'}")) {
                assertThat(spoken(upstream.encode(read, Quirks.none()))).containsExactly("go");
            }
            for (ChatRequest read : asked("{'role':'user'" + content + "}")) {
                assertThatThrownBy(() -> upstream.encode(read, Quirks.none()))
                        .isInstanceOfSatisfying(
                                ProviderException.class,
                                failure -> assertThat(failure.status()).hasValue(400))
                        .hasMessageContaining("nothing is said");
            }
        }
    }

    /** Q4: what does not say what it is is its own text, and never lost in silence. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | 5",
                "true | true",
                "{'a':1} | {\"a\":1}",
                "{'text':'x'} | x",
                "{'type':'text','text':'x'} | x",
                "['x'] | x",
                "[5] | 5",
                "[{'text':'x'}] | x",
                "[{'a':1}] | {\"a\":1}"
            })
    void readsContentThatDoesNotSayWhatItIsAsItsText(String content, String text) {
        for (WireDialect upstream : Dialects.ALL) {
            for (ChatRequest read : asked("{'role':'user','content':" + content + "}")) {
                assertThat(spoken(upstream.encode(read, Quirks.none()))).containsExactly(text);
            }
        }
    }

    /** A request with these messages, of a client of each dialect. */
    private static List<ChatRequest> asked(String messages) {
        return List.of(
                ChatRequestReader.read(Translate.json("{'messages':[" + messages + "]}")),
                MessagesRequestReader.read(Translate.json("{'messages':[" + messages + "]}")),
                ResponsesRequestReader.read(Translate.json("{'input':[" + messages + "]}"))
                        .request());
    }

    /** The texts of a request for an upstream, whichever way it has them. */
    private static List<String> spoken(ObjectNode sent) {
        List<String> texts = new ArrayList<>();
        JsonNode messages = sent.has("messages") ? sent.path("messages") : sent.path("input");
        for (JsonNode content : messages.findValues("content")) {
            if (content.isTextual()) {
                texts.add(content.textValue());
            }
            content.forEach(part -> texts.add(part.path("text").asText()));
        }
        return texts;
    }

    private static ObjectNode messages(String members) {
        return Translate.chatToMessages("{'model':'m'," + members + "}", Quirks.none());
    }
}
