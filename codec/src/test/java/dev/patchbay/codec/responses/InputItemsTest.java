package dev.patchbay.codec.responses;

import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.Translate;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P1 and P2: no item of a Responses request is lost in silence. */
class InputItemsTest {

    private static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "assistant | {'type':'local_shell_call','id':'l','call_id':'c','action':{'type':'exec','command':['echo','CANARY']}}",
                "user | {'type':'local_shell_call_output','id':'c','output':'CANARY'}",
                "assistant | {'type':'shell_call','call_id':'c','action':{'commands':['CANARY']},'status':'completed'}",
                "user | {'type':'shell_call_output','call_id':'c','output':[{'stdout':'CANARY','stderr':'','outcome':{'type':'exit','exit_code':1}}]}",
                "assistant | {'type':'apply_patch_call','call_id':'c','operation':{'type':'update_file','path':'CANARY','diff':'x'}}",
                "user | {'type':'apply_patch_call_output','call_id':'c','status':'failed','output':'CANARY'}",
                "assistant | {'type':'mcp_call','id':'m','server_label':'s','name':'n','arguments':'{}','output':'CANARY'}",
                "assistant | {'type':'mcp_call','id':'m','server_label':'s','name':'n','arguments':'{}','error':'CANARY'}",
                "assistant | {'type':'code_interpreter_call','id':'i','code':'1','container_id':'c','outputs':[{'type':'logs','logs':'CANARY'}]}",
                "assistant | {'type':'web_search_call','id':'w','action':{'type':'search','query':'CANARY'},'status':'completed'}",
                "assistant | {'type':'file_search_call','id':'f','queries':['q'],'results':[{'text':'CANARY'}]}",
                "assistant | {'type':'computer_call','id':'f','call_id':'c','action':{'type':'type','text':'CANARY'}}",
                "assistant | {'type':'tool_search_call','call_id':null,'execution':'server','arguments':{'query':'CANARY'}}",
                "user | {'type':'program_output','call_id':'c','output':'CANARY'}"
            })
    void tellsWhatOtherToolsDidInItsPlace(String role, String item) {
        JsonNode messages = chat("{'role':'user','content':'a'}," + item + ",{'role':'user','content':'b'}");

        List<String> told = new ArrayList<>();
        for (JsonNode message : messages) {
            if (message.path("content").asText().contains("CANARY")) {
                told.add(message.path("role").asText());
                assertThat(message.path("content").asText())
                        .startsWith("[" + json(item).path("type").asText() + "] ");
            }
        }
        assertThat(told).containsExactly(role);
    }

    @Test
    void saysThatAToolFailed() {
        assertThat(chat("{'type':'apply_patch_call_output','call_id':'c','status':'failed','output':'no hunk'}")
                        .path(0)
                        .path("content")
                        .asText())
                .isEqualTo("[apply_patch_call_output] failed: no hunk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'computer_call_output','call_id':'c','output':{'type':'computer_screenshot','image_url':'data:image/png;base64,%s'}}",
                "{'type':'code_interpreter_call','id':'i','code':'plot()','outputs':[{'type':'image','url':'data:image/png;base64,%s'}]}",
                "{'type':'image_generation_call','id':'g','status':'completed','result':'%s'}"
            })
    void keepsImagesAsImages(String item) {
        JsonNode messages = chat(item.formatted(PNG));

        JsonNode parts = messages.path(messages.size() - 1).path("content");
        assertThat(messages.path(messages.size() - 1).path("role").asText()).isEqualTo("user");
        assertThat(parts.path(parts.size() - 1).path("image_url").path("url").asText())
                .isEqualTo("data:image/png;base64," + PNG);
        assertThat(Json.text(messages)).containsOnlyOnce(PNG);
    }

    @Test
    void joinsWhatAHostedToolDidWithTheAnswerBehindIt() {
        JsonNode messages = chat(
                "{'role':'user','content':'a'},"
                        + "{'type':'web_search_call','action':{'type':'search','query':'q'}},{'role':'assistant','content':'b'}");

        assertThat(messages.findValuesAsText("role")).containsExactly("user", "assistant");
        assertThat(messages.path(1).path("content").asText())
                .isEqualTo("[web_search_call] {\"action\":{\"type\":\"search\",\"query\":\"q\"}}\n\nb");
    }

    @Test
    void namesItemsOfWhichNothingCanBeTold() {
        DroppedMembers dropped = new DroppedMembers("p");

        ResponsesRequestReader.read(
                json("{'model':'m','max_tool_calls':3,'background':false,'top_logprobs':null,'tools':["
                        + "{'type':'web_search'},{'type':'function','name':'f'}],'input':["
                        + "{'type':'ghost_snapshot'},{'type':'mcp_list_tools','tools':[]},"
                        + "{'role':'user','content':'a'}]}"),
                id -> Optional.empty(),
                dropped);

        assertThat(dropped.names())
                .containsExactly("tools.web_search", "input.ghost_snapshot", "input.mcp_list_tools", "max_tool_calls");
        assertThat(dropped.warnings()).singleElement().asString().contains("web_search", "'p'");
    }

    /** M6a: what was said before is in it, and only OpenAI can read it. */
    @ParameterizedTest
    @ValueSource(strings = {"compaction", "compaction_summary", "context_compaction"})
    void refusesAConversationThatOnlyItsVendorCanRead(String type) {
        assertThatThrownBy(() ->
                        chat("{'type':'" + type + "','encrypted_content':'x'},{'role':'user','content':'and now?'}"))
                .isInstanceOf(ProviderException.class)
                .hasMessageStartingWith("input[0]: only OpenAI can read");
    }

    /** An ordinary answer in its place would end Codex's compaction with "expected exactly one compaction output item" (codex-lb#971). */
    @Test
    void refusesToBeginACompactionThatItCannotMake() {
        assertThatThrownBy(() -> chat("{'role':'user','content':'a'},{'type':'compaction_trigger'}"))
                .isInstanceOf(ProviderException.class)
                .hasMessageStartingWith("input[1]: a 'compaction_trigger' asks for a compaction");
    }

    @Test
    void namesThePlaceAndTypeOfAnUnknownItem() {
        assertThatThrownBy(() -> chat("{'role':'user','content':'a'},{'type':'telepathy'}"))
                .isInstanceOf(ProviderException.class)
                .hasMessage("input[1].type: 'telepathy' is not a type of item");
    }

    @Test
    void namesPartsOfUnknownTypesInTheirPlace() {
        assertThat(chat("{'role':'user','content':[{'type':'input_text','text':'a'},{'type':'input_audio'}]}")
                        .path(0)
                        .path("content")
                        .asText())
                .isEqualTo("a\n\n[input_audio omitted]");
    }

    @Test
    void findsTheItemsThatAReferenceNames() {
        Map<String, ObjectNode> kept = Map.of(
                "msg_1",
                json("{'type':'message','id':'msg_1','role':'assistant','content':"
                        + "[{'type':'output_text','text':'four'}]}"),
                "fc_1",
                json("{'type':'function_call','id':'fc_1','call_id':'c','name':'f','arguments':'{}'}"));
        ObjectNode body = json("{'model':'m','input':[{'role':'user','content':'2+2?'},{'type':'item_reference',"
                + "'id':'msg_1'},{'id':'fc_1'},{'type':'function_call_output','call_id':'c','output':'r'}]}");
        JsonNode messages = Translate.reread(new ChatDialect()
                        .encode(
                                ResponsesRequestReader.read(
                                                body, id -> Optional.ofNullable(kept.get(id)), new DroppedMembers("p"))
                                        .request(),
                                Quirks.none()))
                .path("messages");

        assertThat(messages.findValuesAsText("role")).containsExactly("user", "assistant", "tool");
        assertThat(messages.path(1).path("content").asText()).isEqualTo("four");
        assertThat(messages.path(1).path("tool_calls")).hasSize(1);
    }

    @Test
    void saysHowToGoOnWithoutAReference() {
        assertThatThrownBy(() -> chat("{'type':'item_reference','id':'msg_nowhere'}"))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.status()).hasValue(400))
                .hasMessageContaining("msg_nowhere")
                .hasMessageContaining("store: false");
    }

    private static JsonNode chat(String items) {
        return Translate.responsesToChat("{'model':'m','input':[" + items + "]}", Quirks.none())
                .path("messages");
    }
}
