package dev.patchbay.codec.messages;

import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.OmittedImages;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.chat.ChatPassthrough;
import dev.patchbay.codec.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Q2, Q3, M6a and A1: system messages on the way through. */
class MessagesPassthroughTest {

    private static final String TALK = "{'model':'m','system':'s','messages':[{'role':'system','content':'first'},"
            + "{'role':'user','content':'q'},{'role':'system','content':[{'type':'text','text':'x','cache_control':"
            + "{'type':'ephemeral'}}]},{'role':'assistant','content':[{'type':'tool_use','id':'c','name':'f','input':{}}]},"
            + "{'role':'system','content':'y'},{'role':'user','content':[{'type':'tool_result','tool_use_id':'c',"
            + "'content':'r'}]},{'role':'assistant','content':'done'},{'role':'system','content':'z'}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "user | [{'type':'text','text':'s'},{'type':'text','text':'first'}] | [{'role':'user','content':"
                        + "[{'type':'text','text':'q'},{'type':'text','text':'[system] x','cache_control':{'type':"
                        + "'ephemeral'}}]},{'role':'assistant','content':[{'type':'tool_use','id':'c','name':'f',"
                        + "'input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':'r'},"
                        + "{'type':'text','text':'[system] y'}]},{'role':'assistant','content':'done'},{'role':'user',"
                        + "'content':[{'type':'text','text':'[system] z'}]}]",
                "merge | [{'type':'text','text':'s'},{'type':'text','text':'first'},{'type':'text','text':'x',"
                        + "'cache_control':{'type':'ephemeral'}},{'type':'text','text':'y'},{'type':'text','text':'z'}] |"
                        + " [{'role':'user','content':'q'},{'role':'assistant','content':[{'type':'tool_use','id':'c',"
                        + "'name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'c',"
                        + "'content':'r'}]},{'role':'assistant','content':'done'}]"
            })
    void placesSystemMessages(String midSystem, String system, String messages) {
        ObjectNode body = json(TALK);

        MessagesPassthrough.prepare(body, "up", midSystem);

        assertThat(body.path("model").asText()).isEqualTo("up");
        assertThat(body.path("system")).isEqualTo(Json.parse(system.replace('\'', '"')));
        assertThat(body.path("messages")).isEqualTo(Json.parse(messages.replace('\'', '"')));
    }

    @Test
    void leavesThemWhereTheUpstreamKnowsThem() {
        ObjectNode body = json(TALK);

        MessagesPassthrough.prepare(body, "m", "keep");

        assertThat(body).isEqualTo(json(TALK));
    }

    @Test
    void carriesOutWhatWentWithThem() {
        ObjectNode body = json("{'model':'m','tools':[{'name':'a','input_schema':{}},{'name':'DeferredToolPlaceholder',"
                + "'defer_loading':true}],'messages':[{'role':'user','content':'q'},{'role':'system','content':"
                + "[{'type':'tool_removal','tool':{'type':'tool_reference','name':'a'}},{'type':'tool_addition','tool':"
                + "{'type':'tool_definition','definition':{'name':'b','input_schema':{}}}}],'output_config':{'effort':"
                + "'high'}}]}");

        MessagesPassthrough.prepare(body, "m", "user");

        assertThat(body.path("tools").findValuesAsText("name")).containsExactly("b");
        assertThat(body.at("/output_config/effort").asText()).isEqualTo("high");
        assertThat(body.path("messages")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "user | [{'role':'developer','content':'a\\n\\nb'},{'role':'user','content':'q\\n\\n[system] x'},"
                        + "{'role':'assistant','content':'d'},{'role':'user','content':'[system] y'}]",
                "merge | [{'role':'developer','content':'a\\n\\nb\\n\\nx\\n\\ny'},{'role':'user','content':'q'},"
                        + "{'role':'assistant','content':'d'}]",
                "keep | [{'role':'developer','content':'a'},{'role':'system','content':'b'},{'role':'user','content':'q'},"
                        + "{'role':'system','content':'x'},{'role':'assistant','content':'d'},{'role':'system','content':'y'}]"
            })
    void placesThoseOfChatClientsToo(String midSystem, String expected) {
        ObjectNode body = json("{'messages':[{'role':'developer','content':'a'},{'role':'system','content':'b'},"
                + "{'role':'user','content':'q'},{'role':'system','content':'x'},{'role':'assistant','content':'d'},"
                + "{'role':'system','content':'y'}]}");

        ChatPassthrough.prepare(body, Quirks.none().with("midSystem", midSystem), new DroppedMembers("p"));

        assertThat(body.path("messages")).isEqualTo(Json.parse(expected.replace('\'', '"')));
    }

    @Test
    void bringsToolsAndMembersOfChatClientsIntoTheFormThatTheFileNames() {
        ObjectNode body =
                json("{'messages':[],'stream_options':{'include_usage':true},'tools':[{'type':'function','function':"
                        + "{'name':'f','parameters':{'$schema':'x','type':['object','null']}}}]}");

        ChatPassthrough.prepare(
                body,
                Quirks.of(Map.of("schemaStrip", List.of("$schema"), "schema", "gemini", "streamUsage", false)),
                new DroppedMembers("p"));

        assertThat(body.has("stream_options")).isFalse();
        assertThat(body.at("/tools/0/function/parameters")).isEqualTo(json("{'nullable':true,'type':'object'}"));
    }

    @Test
    void givesCallsOfChatClientsWhatTheyLost() {
        String call = "{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}";
        ObjectNode body =
                json("{'messages':[{'role':'user','content':'q'},{'role':'assistant','tool_calls':[" + call + ","
                        + call
                        + "]},{'role':'assistant','reasoning_content':'t','tool_calls':[{'id':'c','extra_content':{'google':{}}}]},"
                        + "{'role':'assistant','content':'x'}]}");

        ChatPassthrough.prepare(
                body,
                Quirks.of(Map.of("reasoningReplay", "tool_turns", "extra", List.of("extra_content"))),
                new DroppedMembers("p"));

        assertThat(body.path("messages").findValuesAsText("reasoning_content")).containsExactly(" ", "t");
        assertThat(body.at("/messages/1/tool_calls/0/extra_content/google/thought_signature")
                        .asText())
                .isEqualTo("skip_thought_signature_validator");
        assertThat(body.at("/messages/1/tool_calls/1").has("extra_content")).isFalse();
        assertThat(body.at("/messages/2/tool_calls/0/extra_content/google")).isEmpty();
    }

    /** K4: OpenAI, Azure, vLLM (#39780) and DeepSeek (tome#87) refuse an empty list, DashScope one of calls (autogen#5814). */
    @Test
    void leavesOutEmptyListsOfChatClients() {
        ObjectNode body =
                json("{'model':'m','tools':[],'tool_choice':'required','parallel_tool_calls':true,'messages':["
                        + "{'role':'user','content':'q'},{'role':'assistant','content':'a','tool_calls':[]}]}");
        DroppedMembers dropped = new DroppedMembers("p");

        ChatPassthrough.prepare(body, Quirks.none(), dropped);

        assertThat(body)
                .isEqualTo(json("{'model':'m','messages':[{'role':'user','content':'q'},{'role':'assistant',"
                        + "'content':'a'}]}"));
        assertThat(dropped.names()).containsExactly("tools", "tool_choice", "messages.tool_calls");
    }

    /** Q5 on the way through, in all three dialects. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'messages':[{'role':'user','content':[{'type':'text','text':'q'},{'type':'image','source':{'type':'base64','data':'CANARY'},'cache_control':{'type':'ephemeral'}}]}]} | /messages/0/content/1 | {'type':'text','text':'[image omitted]','cache_control':{'type':'ephemeral'}}",
                "{'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':[{'type':'image','source':{'data':'CANARY'}}]}]}]} | /messages/0/content/0/content/0 | {'type':'text','text':'[image omitted]'}",
                "{'messages':[{'role':'user','content':[{'type':'document','source':{'type':'content','content':[{'type':'image','source':{'data':'CANARY'}}]}}]}]} | /messages/0/content/0/source/content/0 | {'type':'text','text':'[image omitted]'}",
                "{'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:CANARY'}}]}]} | /messages/0/content/0 | {'type':'text','text':'[image omitted]'}",
                "{'input':[{'role':'user','content':[{'type':'input_image','image_url':'data:CANARY'}]}]} | /input/0/content/0 | {'type':'input_text','text':'[image omitted]'}",
                "{'input':[{'type':'function_call_output','call_id':'c','output':[{'type':'input_image','image_url':'data:CANARY'}]}]} | /input/0/output/0 | {'type':'input_text','text':'[image omitted]'}"
            })
    void sendsNoImagesWhereTheUpstreamTakesNone(String request, String place, String expected) {
        ObjectNode body = json(request);
        DroppedMembers dropped = new DroppedMembers("p");

        OmittedImages.replace(body, Quirks.none().with("images", false), dropped);

        assertThat(Json.text(body.at(place))).isEqualTo(Json.text(json(expected)));
        assertThat(dropped.names()).containsExactly("messages.content.image");
        assertThat(body.toString()).doesNotContain("CANARY");
    }
}
