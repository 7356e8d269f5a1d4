package dev.patchbay.codec.chat;

import static dev.patchbay.codec.Translate.chatMessages;
import static dev.patchbay.codec.Translate.chatWith;
import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesRequestReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** K1 to K7 and T1 to T8, where no vector looks. */
class ChatToolsTest {

    private static final Quirks PLAIN = Quirks.none();
    private static final String IMAGE =
            "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}}";
    private static final String IMAGE_PART = "{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}";

    @Test
    void completesSchemasWithoutTouchingTheRest() {
        JsonNode tools = chatWith(
                        "'tools':[{'name':'a'},{'name':'b','input_schema':{'anyOf':[{'type':'object'}]}},"
                                + "{'name':'c','input_schema':{'type':'object','properties':{'x':{}}}}]",
                        PLAIN)
                .path("tools");

        assertThat(tools.path(0).path("function").path("parameters"))
                .isEqualTo(json("{'type':'object','properties':{}}"));
        assertThat(tools.path(1).path("function").path("parameters"))
                .isEqualTo(json("{'anyOf':[{'type':'object'}],'type':'object','properties':{}}"));
        assertThat(tools.path(2).path("function").path("parameters"))
                .isEqualTo(json("{'type':'object','properties':{'x':{}}}"));
    }

    @Test
    void forwardsStrictOnlyWhereKnown() {
        String tool = "'tools':[{'name':'a','strict':true,'input_schema':{'type':'object','properties':{}}}]";

        assertThat(chatWith(tool, PLAIN).path("tools").path(0).path("function").has("strict"))
                .isFalse();
        assertThat(chatWith(tool, PLAIN.with("strictTools", true))
                        .path("tools")
                        .path(0)
                        .path("function")
                        .path("strict")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void removesKeywordsThatTheUpstreamRefuses() {
        Quirks quirks = PLAIN.with("schemaStrip", List.of("$schema", "format: uri"));

        JsonNode schema = chatWith(
                        "'tools':[{'name':'a','input_schema':{'$schema':'s','type':'object','properties':{"
                                + "'format':{'type':'string','format':'uri'},'$schema':{'type':'array','items':"
                                + "{'format':'uri'}},'d':{'format':'date','default':{'format':'uri'}}}}}]",
                        quirks)
                .path("tools")
                .path(0)
                .path("function")
                .path("parameters");

        assertThat(schema)
                .isEqualTo(json("{'type':'object','properties':{'format':{'type':'string'},'$schema':{'type':'array',"
                        + "'items':{}},'d':{'format':'date','default':{'format':'uri'}}}}"));
    }

    /** K6a: DeepSeek and others answer 400 to both; what the client asked for first is kept, and the loss named (litellm#37470). */
    @ParameterizedTest
    @CsvSource({
        "enabled, any, ''",
        "enabled, tool, ''",
        "enabled, none, none",
        "disabled, any, required",
    })
    void forcesNoToolOnAModelThatThinks(String thinking, String mode, String sent) {
        DroppedMembers dropped = new DroppedMembers("p");

        JsonNode body = new ChatDialect()
                .encode(
                        MessagesRequestReader.read(json("{'model':'m','messages':[{'role':'user','content':'go'}],"
                                + "'thinking':{'type':'" + thinking + "','budget_tokens':2000},"
                                + "'tool_choice':{'type':'" + mode + "','name':'a'},'tools':[{'name':'a'}]}")),
                        PLAIN.with("reasoning", "thinking_type"),
                        dropped);

        assertThat(body.path("tool_choice").asText("")).isEqualTo(sent);
        assertThat(dropped.names().contains("tool_choice")).isEqualTo(sent.isEmpty());
    }

    @Test
    void leavesNothingOfToolsThatNobodyCanRun() {
        JsonNode body = chatWith(
                "'tools':[{'type':'bash_20250124','name':'bash'},{'type':'mcp_toolset','mcp_server_name':'m'}],"
                        + "'tool_choice':{'type':'any','disable_parallel_tool_use':true}",
                PLAIN);

        assertThat(body.fieldNames()).toIterable().containsExactly("model", "messages");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'any'} | required | any | ",
                "{'type':'tool','name':'web_search'} | required | | ",
                "{'type':'auto','disable_parallel_tool_use':true} | required | | false",
                "{'type':'any','disable_parallel_tool_use':true} | any | any | false",
                "{'type':'none','disable_parallel_tool_use':true} | required | none | "
            })
    void writesTheChoice(String choice, String required, String sent, String parallel) {
        JsonNode body = chatWith(
                "'tools':[{'name':'a'},{'type':'web_search_20250305','name':'web_search'}],'tool_choice':" + choice,
                PLAIN.with("requiredToolChoice", required));
        String expected = sent == null ? "" : sent.equals("any") ? required : sent;

        assertThat(body.path("tool_choice").asText("")).isEqualTo(expected);
        assertThat(body.path("parallel_tool_calls").asText("")).isEqualTo(parallel == null ? "" : parallel);
    }

    @Test
    void usesShortNamesInTheHistoryToo() {
        JsonNode call = chatMessages(
                        "[{'role':'assistant','content':[{'type':'tool_use','id':'1','name':'fs.read','input':{}}]}]",
                        PLAIN)
                .path(0)
                .path("tool_calls")
                .path(0)
                .path("function");

        assertThat(call.path("name").asText()).matches("fs_read_[0-9a-f]{8}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'exit 2' | Error: exit 2",
                "'Error: no such file' | Error: no such file",
                "'ERROR no' | ERROR no",
                "'<tool_use_error>bad</tool_use_error>' | <tool_use_error>bad</tool_use_error>",
                "'<error>bad' | <error>bad",
                "'an error' | Error: an error",
                "[{'type':'text','text':'a'},{'type':'text','text':'b'}] | Error: a\\nb"
            })
    void marksFailuresWithTheWord(String content, String sent) {
        assertThat(answer("'is_error':true,'content':" + content, PLAIN)
                        .path("content")
                        .asText())
                .isEqualTo(sent.replace("\\n", "\n"));
    }

    @Test
    void givesEveryAnswerAContent() {
        assertThat(answer("'content':[]", PLAIN).path("content").asText("-")).isEmpty();
        assertThat(answer("'content':null", PLAIN).path("content").asText("-")).isEmpty();
        assertThat(answer("'is_error':true", PLAIN).path("content").asText()).startsWith("Error");
    }

    @Test
    void putsImagesWhereTheUpstreamTakesThem() {
        String content = "'content':[{'type':'text','text':'shot'}," + IMAGE + "]";

        assertThat(answer(content, PLAIN.with("toolResultImages", "in_place")).path("content"))
                .isEqualTo(array("[{'type':'text','text':'shot'}," + IMAGE_PART + "]"));
        assertThat(answer(content, PLAIN.with("toolResultImages", "placeholder"))
                        .path("content")
                        .asText())
                .isEqualTo("shot\n[image omitted]");
        assertThat(answer(content, PLAIN.with("images", false)).path("content").asText())
                .isEqualTo("shot\n[image omitted]");
    }

    @Test
    void marksErrorsWithImagesInPlaceOnlyWhereTheTextDoesNotTell() {
        Quirks inPlace = PLAIN.with("toolResultImages", "in_place");
        String failed = "'is_error':true,'content':[{'type':'text','text':'%s'}," + IMAGE + "]";

        assertThat(answer(failed.formatted("Error: no screen"), inPlace).path("content"))
                .isEqualTo(array("[{'type':'text','text':'Error: no screen'}," + IMAGE_PART + "]"));
        assertThat(answer(failed.formatted("no screen"), inPlace).path("content"))
                .isEqualTo(array(
                        "[{'type':'text','text':'Error:'},{'type':'text','text':'no screen'}," + IMAGE_PART + "]"));
    }

    @Test
    void liftsImagesBehindAllAnswersAndBeforeTheUsersText() {
        JsonNode sent = chatMessages(
                "[{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}},"
                        + "{'type':'tool_use','id':'b','name':'f','input':{}}]},{'role':'user','content':["
                        + "{'type':'text','text':'mine'},{'type':'tool_result','tool_use_id':'a','content':[" + IMAGE
                        + "]},{'type':'tool_result','tool_use_id':'b','content':'B'}]}]",
                PLAIN);

        assertThat(sent.path(1))
                .isEqualTo(json("{'role':'tool','tool_call_id':'a','content':'[image: see the next user message]'}"));
        assertThat(sent.path(2)).isEqualTo(json("{'role':'tool','tool_call_id':'b','content':'B'}"));
        assertThat(sent.path(3))
                .isEqualTo(json("{'role':'user','content':[{'type':'text','text':'[content of tool result a]'},"
                        + IMAGE_PART + ",{'type':'text','text':'mine'}]}"));
        assertThat(sent).hasSize(4);
    }

    @Test
    void turnsASecondAnswerIntoText() {
        JsonNode sent = chatMessages(
                "[{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}}]},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':'1'},"
                        + "{'type':'tool_result','tool_use_id':'a','content':'2'}]}]",
                PLAIN);

        assertThat(sent.path(2)).isEqualTo(json("{'role':'user','content':'[tool result for unknown call a]\\n2'}"));
    }

    @Test
    void waitsForAnswersThatComeInALaterMessage() {
        JsonNode sent = chatMessages(
                "[{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}},"
                        + "{'type':'tool_use','id':'b','name':'f','input':{}}]},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':'A'}]},"
                        + "{'role':'system','content':'note'},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'b','content':'B'},"
                        + "{'type':'text','text':'now'}]},{'role':'user','content':'then'}]",
                PLAIN);

        assertThat(sent.findValuesAsText("role"))
                .containsExactly("assistant", "tool", "tool", "system", "user", "user");
        assertThat(sent.path(2).path("content").asText()).isEqualTo("B");
    }

    @Test
    void answersCallsThatNobodyAnsweredBeforeTheNextMessage() {
        JsonNode sent = chatMessages(
                "[{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}}]},"
                        + "{'role':'system','content':'mode'},{'role':'user','content':'stop'},"
                        + "{'role':'assistant','content':[{'type':'tool_use','id':'b','name':'f','input':{}}]}]",
                PLAIN);

        assertThat(sent.findValuesAsText("role"))
                .containsExactly("assistant", "tool", "system", "user", "assistant", "tool");
    }

    @Test
    void writesOtherBlocksOfAResultAsText() {
        assertThat(answer(
                                "'content':[{'type':'search_result','title':'t','source':'s','content':[]},"
                                        + "{'type':'document','source':{'type':'base64','media_type':'application/pdf',"
                                        + "'data':'JVBE'}},{'type':'future','x':1}]",
                                PLAIN)
                        .path("content")
                        .asText())
                .isEqualTo("t\ns\n[document omitted: (application/pdf)]\n[future omitted]");
    }

    private static JsonNode answer(String members, Quirks quirks) {
        return chatMessages(
                        "[{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}}]},"
                                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a'," + members
                                + "}]}]",
                        quirks)
                .path(1);
    }

    private static JsonNode array(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
